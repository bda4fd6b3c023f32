package io.yitong.hub.mapping.hl7v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Annotation;

/** NTE segments in a row → one Annotation. */
final class MapNte {
  private MapNte() {}

  static Optional<Annotation> annotation(List<Fields> notes) {
    if (notes.isEmpty()) {
      return Optional.empty();
    }
    var lines = new ArrayList<String>();
    for (var nte : notes) {
      nte.understood(1);
      for (var line : nte.values(3)) {
        lines.add(line.text());
      }
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(new Annotation().setText(String.join("\n", lines)));
  }
}

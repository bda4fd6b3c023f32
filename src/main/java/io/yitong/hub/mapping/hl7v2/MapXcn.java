package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ResourceKey;
import java.util.Optional;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** XCN (and CN, CNN) → Practitioner: a physician named in passing. */
final class MapXcn {
  private MapXcn() {}

  /** Empty when neither a number nor a name is there. */
  static Optional<Reference> practitioner(Hl7Value xcn, Run run) {
    var number = xcn.component(1);
    var name = PersonTypes.name(xcn, 2);
    if (number.isEmpty() && !name.hasText()) {
      return Optional.empty();
    }
    var id =
        number.isEmpty()
            ? run.id("practitioner-name", name.getText())
            : run.id("practitioner", number);
    var key = new ResourceKey(ResourceType.Practitioner, id);
    var display = name.hasText() ? name.getText() : number;
    if (!run.draft().has(key)) {
      var practitioner = new Practitioner();
      practitioner.setId(id);
      if (!number.isEmpty()) {
        practitioner
            .addIdentifier()
            .setSystem(Systems.ofAuthority(xcn.nested(9), run.institution(), "practitioner"))
            .setValue(number);
      }
      if (name.hasText()) {
        practitioner.addName(name);
      }
      run.draft().register(practitioner);
    }
    return Optional.of(new Reference(key.reference()).setDisplay(display));
  }
}

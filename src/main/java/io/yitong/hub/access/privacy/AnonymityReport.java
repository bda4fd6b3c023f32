package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.access.privacy.Deidentify.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What goes with every export that is de-identified: how well those in it are hidden. */
public final class AnonymityReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeidentificationProfile profile;
  private final AnonymousClasses classes;
  private final Map<String, Long> given = new TreeMap<>();
  private final Map<Why, Long> withheld = new EnumMap<>(Why.class);
  private long suppressed;

  public AnonymityReport(DeidentificationProfile profile, AnonymousClasses classes) {
    this.profile = profile;
    this.classes = classes;
  }

  public void given(String type) {
    given.merge(type, 1L, Long::sum);
  }

  public void withheld(Why why) {
    withheld.merge(why, 1L, Long::sum);
  }

  /** A resource of a person nothing is given of. */
  public void suppressed() {
    suppressed++;
  }

  /**
   * @param moment whose state the export shows
   */
  public byte[] write(Instant moment) {
    var report = JSON.createObjectNode();
    report
        .put("profile", profile.id())
        .put("version", profile.version())
        .put("moment", moment.toString())
        .put("requiredK", classes.k());
    profile
        .quasiIdentifiers()
        .forEach(each -> report.withArray("quasiIdentifiers").add(each.code()));
    var histogram = classes.histogram();
    if (!histogram.isEmpty()) {
      report.put("smallestClass", histogram.firstKey());
    }
    histogram.forEach(
        (size, number) ->
            report.withArray("classes").addObject().put("persons", size).put("classes", number));
    persons(report.putObject("persons"));
    resources(report.putObject("resources"));
    report.put(
        "note",
        "Pseudonymised data are still personal information (PIPL): whoever has the key, or knows"
            + " enough else, may find the person.");
    return report.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void persons(ObjectNode persons) {
    persons
        .put("given", classes.given())
        .put("madeCoarser", classes.madeCoarser())
        .put("suppressed", classes.all() - classes.given());
  }

  private void resources(ObjectNode resources) {
    var byType = resources.putObject("given");
    given.forEach(byType::put);
    resources.put("suppressed", suppressed);
    var why = resources.putObject("withheld");
    withheld.forEach((each, number) -> why.put(each.name().toLowerCase(Locale.ROOT), number));
  }
}

package io.yitong.hub.mapping.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.mapping.Dialects;
import io.yitong.hub.mapping.Mapped;
import java.util.List;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Resource;

/** Messages in the making, and what they become. */
final class Messages {
  private static final String SOURCE = "urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100";

  private Messages() {}

  static String header(String type) {
    return "MSH|^~\\&|HIS|LSRMYY|HUB|R|20260301081500||" + type + "|C1|P|2.4";
  }

  static String text(String... segments) {
    return String.join("\r", segments) + "\r";
  }

  /** A segment of fields by number: {@code segment("PID", 3, "77", 8, "M")}. */
  static String segment(String name, Object... fields) {
    var values = new TreeMap<Integer, Object>();
    for (var i = 0; i < fields.length; i += 2) {
      values.put((Integer) fields[i], fields[i + 1]);
    }
    var out = new StringBuilder(name);
    for (var field = 1; field <= values.lastKey(); field++) {
      out.append('|').append(values.getOrDefault(field, ""));
    }
    return out.toString();
  }

  static Mapped map(String... segments) {
    var message = Hl7Message.parse(text(segments));
    return new MapHl7Message().map(message, Dialects.PEOPLES_HOSPITAL, SOURCE);
  }

  static Mapped.Success mapped(String... segments) {
    var mapped = map(segments);
    assertThat(mapped).isInstanceOf(Mapped.Success.class);
    return (Mapped.Success) mapped;
  }

  static <T extends Resource> List<T> all(Mapped.Success success, Class<T> type) {
    return success.transaction().getEntry().stream()
        .map(entry -> entry.getResource())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static <T extends Resource> T one(Mapped.Success success, Class<T> type) {
    var all = all(success, type);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** A result of one OBX, whose fields are given. */
  static Mapped.Success result(Object... obx) {
    return mapped(
        header("ORU^R01"),
        "PID|1||77",
        "OBR|1||JY1|LIVER^肝功能|||20260301082000",
        segment("OBX", obx));
  }
}

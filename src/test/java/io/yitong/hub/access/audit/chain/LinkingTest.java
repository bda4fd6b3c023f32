package io.yitong.hub.access.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkingTest {
  private static final AuditRow ROW =
      row("yitong-console", "李医生", List.of("p1"), "category=laboratory", Optional.empty());

  private final Linking linking = new Linking();

  @Test
  void a_hash_is_taken_of_the_one_before_the_place_and_every_text_with_its_length()
      throws Exception {
    var second = new Head(7, 1, new byte[] {1, 2, 3});
    var expected = new ByteArrayOutputStream();
    var out = new DataOutputStream(expected);
    out.write(second.hash());
    out.writeInt(7);
    out.writeLong(2);
    out.writeLong(1_760_000_000_123_456L);
    for (var text :
        new String[] {"yitong-console", "李医生", "urn:i", null, "clinician", "TREAT", null}) {
      text(out, text);
    }
    for (var text :
        new String[] {"R", "read", "Observation/7", "category=laboratory", "p1", null}) {
      text(out, text);
    }
    out.writeShort(0);
    text(out, null);
    text(out, "c-1");

    var head = linking.after(second, ROW);

    assertThat(head.seq()).isEqualTo(2);
    assertThat(head.hash())
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(expected.toByteArray()));
  }

  @Test
  void a_text_cannot_move_from_one_column_to_the_next() {
    var hashes = new HashSet<List<Byte>>();
    for (var row :
        List.of(
            ROW,
            row("yitong-console李", "医生", List.of("p1"), "category=laboratory", Optional.empty()),
            row(
                "yitong-console",
                "李医生",
                List.of("p1", "p2"),
                "category=laboratory",
                Optional.empty()),
            row("yitong-console", "李医生", List.of("p1p2"), "category=laboratory", Optional.empty()),
            row("yitong-console", "李医生", List.of(), "category=laboratory", Optional.empty()),
            row("yitong-console", "李医生", List.of("p1"), "", Optional.of("category=laboratory")))) {
      assertThat(hashes.add(bytes(linking.after(Head.ofEmpty(1), row)))).isTrue();
    }
  }

  @Test
  void the_same_row_has_another_hash_in_another_place() {
    var heads =
        Set.of(
            bytes(linking.after(Head.ofEmpty(1), ROW)),
            bytes(linking.after(Head.ofEmpty(2), ROW)),
            bytes(linking.after(linking.after(Head.ofEmpty(1), ROW), ROW)));

    assertThat(heads).hasSize(3);
  }

  @Test
  void times_are_kept_to_the_microsecond_before_and_after_1970() {
    assertThat(AuditRow.micros(Instant.parse("2026-11-23T01:02:03.123456789Z")))
        .isEqualTo(1_795_395_723_123_456L);
    assertThat(AuditRow.micros(Instant.parse("1969-12-31T23:59:59.999999Z"))).isEqualTo(-1);
  }

  private static List<Byte> bytes(Head head) {
    var bytes = new java.util.ArrayList<Byte>();
    for (var b : head.hash()) {
      bytes.add(b);
    }
    return bytes;
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
    } else {
      var utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }
  }

  private static AuditRow row(
      String client, String subject, List<String> patients, String query, Optional<String> error) {
    return new AuditRow(
        1_760_000_000_123_456L,
        client,
        subject,
        Optional.of("urn:i"),
        Optional.empty(),
        "clinician",
        "TREAT",
        Optional.empty(),
        "R",
        "read",
        "Observation/7",
        query,
        patients,
        0,
        error,
        "c-1");
  }
}

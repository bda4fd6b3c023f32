package io.yitong.hub.access.privacy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/** What the tests of de-identification have in common. */
final class Given {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  static final byte[] KEY = "a key for tests, of 32 bytes long".getBytes(StandardCharsets.UTF_8);

  private Given() {}

  static DeidentificationProfile profile(String name) {
    return DeidentificationProfile.named(name);
  }

  static Pseudonyms pseudonyms(String profile, String recipient) {
    return Pseudonyms.of(KEY, profile(profile).id(), recipient);
  }

  static Deidentify deidentify(String profile, String recipient) {
    return new Deidentify(profile(profile), pseudonyms(profile, recipient), TODAY);
  }

  /** What a recipient is given of a resource of a person's. */
  static String given(String profile, String recipient, String json, String person) {
    var answer =
        deidentify(profile, recipient)
            .of(json.getBytes(StandardCharsets.UTF_8), Optional.of(person));
    return answer instanceof Deidentify.Given given
        ? new String(given.json(), StandardCharsets.UTF_8)
        : String.valueOf(answer);
  }
}

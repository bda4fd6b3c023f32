package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyKeyTest {
  @TempDir Path folder;

  @Test
  void it_is_drawn_once_and_its_owner_alone_reads_it() throws Exception {
    var file = folder.resolve("below/privacy.key");

    var first = pseudonym(new PrivacyKey(Optional.empty(), file.toString()));
    var second = pseudonym(new PrivacyKey(Optional.of(" "), file.toString()));

    assertThat(first).isEqualTo(second);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    var elsewhere = new PrivacyKey(Optional.empty(), folder.resolve("other.key").toString());
    assertThat(pseudonym(elsewhere)).isNotEqualTo(first);
  }

  @Test
  void what_is_set_goes_before_the_file_and_no_file_is_made() {
    var text = Base64.getUrlEncoder().withoutPadding().encodeToString(Given.KEY);
    var file = folder.resolve("privacy.key");

    var key = new PrivacyKey(Optional.of(text), file.toString());

    assertThat(pseudonym(key)).isEqualTo(Given.pseudonyms("regulator", "r").of("Patient/1"));
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2hvcnQ=", "not base64 at all, but a sentence that is long"})
  void a_poor_key_is_refused_at_once_and_not_repeated(String text) {
    assertThatThrownBy(() -> new PrivacyKey(Optional.of(text), "unused"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yitong.privacy.key")
        .hasMessageNotContaining(text);
  }

  @Test
  void a_broken_file_is_told_and_left() throws Exception {
    var file = Files.write(folder.resolve("privacy.key"), "x".getBytes(StandardCharsets.UTF_8));
    var key = new PrivacyKey(Optional.empty(), file.toString());

    assertThatThrownBy(() -> pseudonym(key)).isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("x");
  }

  private static String pseudonym(PrivacyKey key) {
    return key.pseudonyms(Given.profile("regulator"), "r").of("Patient/1");
  }
}

package io.yitong.hub.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeMapsTest {
  private static final String HEADER = "code,display,loinc,unit,property\n";
  private static final InstitutionId GOOD = new InstitutionId("urn:yitong:institution:511623-good");
  private static final InstitutionId BAD = new InstitutionId("urn:yitong:institution:511623-bad");

  @TempDir Path routes;

  private CodeMaps maps;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(routes.resolve("institutions"));
    maps = new CodeMaps(new Units(), routes);
  }

  @Test
  void a_wrong_file_does_not_stop_the_others() throws IOException {
    // Given
    write("511623-good", "ALT,谷丙,1742-6,U/L,CCnc\n");
    write("511623-bad", "ALT,谷丙,1742-7,U/L,CCnc\n");

    // When
    maps.checkAll(new StartupEvent());

    // Then
    assertThat(maps.of(GOOD).of("ALT")).isPresent();
    assertThat(maps.of(BAD).of("ALT")).isEmpty();
    assertThat(maps.refused())
        .extracting(HubException::code)
        .containsExactly(ErrorCode.CODE_MAP_INVALID);
  }

  @Test
  void a_file_put_there_or_changed_later_is_taken_up() throws IOException {
    assertThat(maps.of(GOOD).of("ALT")).isEmpty();

    write("511623-good", "ALT,谷丙,1742-6,U/L,CCnc\n");
    assertThat(maps.of(GOOD).of("ALT")).isPresent();

    write("511623-good", "ALT,谷丙,1742-6,U/L,CCnc\nAST,谷草,1920-8,U/L,CCnc\n");
    assertThat(maps.of(GOOD).of("AST")).isPresent();
  }

  @Test
  void a_change_that_is_wrong_leaves_what_was_read_before() throws IOException {
    write("511623-good", "ALT,谷丙,1742-6,U/L,CCnc\n");
    assertThat(maps.of(GOOD).of("ALT")).isPresent();

    write("511623-good", "ALT,谷丙,1742-6,U/L,CCnc\nAST,谷草,1920-0,U/L,CCnc\n");

    assertThat(maps.of(GOOD).of("ALT")).isPresent();
    assertThat(maps.of(GOOD).of("AST")).isEmpty();
    assertThat(maps.refused()).hasSize(1);
  }

  private void write(String institution, String rows) throws IOException {
    Files.writeString(
        routes.resolve("institutions").resolve(institution + "-codes.csv"), HEADER + rows);
  }
}

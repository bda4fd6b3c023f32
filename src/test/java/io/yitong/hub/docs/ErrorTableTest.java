package io.yitong.hub.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorTableTest {
  private static final Path DOCUMENT = Path.of("docs/errors.md");
  private static final Path GENERATED = Path.of("target/generated/errors.md");
  private static final Object[] PLACEHOLDERS = {"{0}", "{1}", "{2}"};

  @Test
  void the_document_is_the_table() throws IOException {
    Files.createDirectories(GENERATED.getParent());
    Files.writeString(GENERATED, document());

    assertThat(Files.readString(DOCUMENT))
        .as("cp %s %s", GENERATED, DOCUMENT)
        .isEqualTo(document());
  }

  private static String document() {
    return """
        # Errors

        Every refusal of the hub is a row of `ErrorCode`, from which this page is generated. Over HTTP it is an
        OperationOutcome (code, Chinese text in `details.text`, English text in `diagnostics`); to a feed it is MSA-1
        and ERR-3 (HL7 tables 0008 and 0357). AE is an error in the content, not worth sending again unchanged; AR may
        be sent again, or was never for this hub.

        | code | HTTP | FHIR issue | MSA-1 | ERR-3 | 中文 | English |
        |---|---|---|---|---|---|---|
        %s
        """
        .formatted(
            Arrays.stream(ErrorCode.values())
                .map(ErrorTableTest::row)
                .collect(Collectors.joining("\n")));
  }

  private static String row(ErrorCode code) {
    return "| `%s` | %d | %s | %s | %d | %s | %s |"
        .formatted(
            code.code(),
            code.status(),
            code.issue().toCode(),
            code.acknowledgement(),
            code.hl7Condition(),
            code.chinese(PLACEHOLDERS),
            code.english(PLACEHOLDERS));
  }
}

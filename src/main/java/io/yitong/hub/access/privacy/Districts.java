package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The county-level divisions a home address may be told by (GB/T 2260):
 * rules/privacy/districts.csv. A district that is none of them is not told: it might be a whole
 * address.
 */
final class Districts {
  private static final String FILE = "/rules/privacy/districts.csv";
  private static final int DIGITS = 6;
  private static final Districts ALL = load();

  private final Map<String, String> codes;

  private Districts(Map<String, String> codes) {
    this.codes = codes;
  }

  static Districts all() {
    return ALL;
  }

  /**
   * @param address a FHIR Address
   * @return six digits
   */
  Optional<String> of(JsonNode address) {
    return Stream.of("district", "city")
        .map(address::get)
        .filter(Objects::nonNull)
        .map(JsonNode::asText)
        .map(String::trim)
        .flatMap(written -> code(written).stream())
        .findFirst();
  }

  /** By its name, or by a code of which its own is the beginning. */
  private Optional<String> code(String written) {
    var named = codes.get(written);
    if (named != null) {
      return Optional.of(named);
    }
    return written.length() >= DIGITS
            && written.chars().allMatch(digit -> digit >= '0' && digit <= '9')
            && codes.containsValue(written.substring(0, DIGITS))
        ? Optional.of(written.substring(0, DIGITS))
        : Optional.empty();
  }

  private static Districts load() {
    var codes = new HashMap<String, String>();
    try (var in = Objects.requireNonNull(Districts.class.getResourceAsStream(FILE), FILE);
        var rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        codes.put(row.getField("name"), row.getField("code"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Districts(Map.copyOf(codes));
  }
}

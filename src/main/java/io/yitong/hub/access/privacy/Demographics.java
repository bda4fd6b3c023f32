package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** What of a Patient persons are counted by; each empty when it is not known. */
public record Demographics(
    Optional<String> sex, Optional<Integer> birthYear, Optional<String> district) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SEXES = Set.of("male", "female", "other");
  private static final int BAND = 10;
  private static final int OLD = 90;

  /**
   * @param patient a Patient, as JSON
   */
  public static Demographics of(byte[] patient) {
    JsonNode json;
    try {
      json = JSON.readTree(patient);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Demographics(
        Optional.of(json.path("gender").asText()).filter(SEXES::contains),
        Dates.year(json.path("birthDate").asText()).map(Integer::valueOf),
        district(json.path("address")));
  }

  private static Optional<String> district(JsonNode addresses) {
    for (var address : addresses) {
      var district = Districts.all().of(address);
      if (district.isPresent()) {
        return district;
      }
    }
    return Optional.empty();
  }

  /** Of each what is known of one, else of the other. */
  public Demographics or(Demographics other) {
    return new Demographics(
        sex.or(other::sex), birthYear.or(other::birthYear), district.or(other::district));
  }

  /** Ten years, {@code 30-39}; from 90 on one. */
  public Optional<String> ageBand(LocalDate at) {
    return birthYear
        .map(year -> at.getYear() - year)
        .filter(age -> age >= 0)
        .map(
            age ->
                age >= OLD
                    ? OLD + "+"
                    : "%d-%d".formatted(age - age % BAND, age - age % BAND + BAND - 1));
  }
}

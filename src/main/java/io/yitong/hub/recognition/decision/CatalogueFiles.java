package io.yitong.hub.recognition.decision;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.recognition.decision.Guard.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the catalogue from the files that rules/recognition/manifest.csv lists. */
final class CatalogueFiles {
  private static final String FOLDER = "/rules/recognition/";
  private static final String ILLUSTRATIVE = "illustrative";

  private final MessageDigest content = sha256();

  Catalogue read() {
    var manifest = rows("manifest.csv");
    var guards =
        rows("guards.csv").stream()
            .collect(Collectors.toMap(row -> row.getField("guard"), CatalogueFiles::guard));
    var tolerances =
        rows("disagreement-limits.csv").stream()
            .collect(Collectors.toMap(CatalogueFiles::loinc, CatalogueFiles::tolerance));
    var items = each("recognition-items.csv", row -> item(row, guards, tolerances));
    var chargeItems = each("charge-items.csv", CatalogueFiles::chargeItem);
    var grounds = each("statutory-exceptions.csv", CatalogueFiles::ground);
    var scopes = each("scopes.csv", CatalogueFiles::scope);
    var formulas = each("conversions.csv", CatalogueFiles::formula);
    var specimens =
        rows("specimen-classes.csv").stream()
            .collect(
                Collectors.toMap(
                    row -> row.getField("written").toUpperCase(Locale.ROOT),
                    row -> SpecimenClass.valueOf(row.getField("class"))));
    var version =
        manifest.get(0).getField("version")
            + "+"
            + HexFormat.of().formatHex(content.digest(), 0, 6);
    return new Catalogue(version, items, chargeItems, grounds, scopes, formulas, specimens);
  }

  private static Item item(
      NamedCsvRecord row, Map<String, Guard> guards, Map<Loinc, Tolerance> tolerances) {
    var loinc = loinc(row);
    var guard = present(row, "guard");
    guard.ifPresent(
        text -> {
          if (!guards.containsKey(text)) {
            throw new IllegalArgumentException(loinc + ": unknown guard '" + text + "'");
          }
        });
    return new Item(
        loinc,
        row.getField("name_zh"),
        row.getField("name_en"),
        present(row, "ucum"),
        decimal(row, "molar_mass_g_per_mol"),
        SpecimenClass.admittedBy(row.getField("specimen")),
        Math.min(Integer.parseInt(row.getField("validity_days")), Item.LONGEST_WINDOW),
        guard.map(guards::get),
        present(row, "sensitive").isPresent(),
        new Price(
            new BigDecimal(row.getField("price_cny_illustrative")),
            row.getField("price_note").startsWith(ILLUSTRATIVE)),
        tolerances.getOrDefault(loinc, Tolerance.UNLIMITED));
  }

  private static ChargeItem chargeItem(NamedCsvRecord row) {
    return new ChargeItem(
        row.getField("code"),
        row.getField("name_zh"),
        row.getField("name_en"),
        new Price(
            new BigDecimal(row.getField("price_cny_illustrative")),
            row.getField("note").contains("prices invented")),
        words(row, "required_loinc").map(Loinc::new).toList(),
        words(row, "optional_loinc").map(Loinc::new).toList());
  }

  private static Ground ground(NamedCsvRecord row) {
    return new Ground(
        row.getField("code"),
        row.getField("zh"),
        row.getField("en"),
        row.getField("text_required").equals("yes"));
  }

  private static Scope scope(NamedCsvRecord row) {
    return new Scope(
        row.getField("code"),
        Integer.parseInt(row.getField("rank")),
        row.getField("mark_zh"),
        row.getField("mark_en"),
        words(row, "regions").toList(),
        words(row, "institutions").map(InstitutionId::new).toList(),
        LocalDate.parse(row.getField("from")),
        present(row, "until").map(LocalDate::parse));
  }

  private static Formula formula(NamedCsvRecord row) {
    return new Formula(
        loinc(row),
        row.getField("from_ucum"),
        row.getField("to_ucum"),
        new BigDecimal(row.getField("slope")),
        new BigDecimal(row.getField("intercept")));
  }

  private static Guard guard(NamedCsvRecord row) {
    return new Guard(
        row.getField("code"),
        row.getField("zh"),
        row.getField("en"),
        Proof.of(row.getField("shown_by")));
  }

  private static Tolerance tolerance(NamedCsvRecord row) {
    return new Tolerance(
        decimal(row, "relative_percent"), decimal(row, "absolute"), decimal(row, "log10"));
  }

  private static Loinc loinc(NamedCsvRecord row) {
    return new Loinc(row.getField("loinc"));
  }

  private static Optional<String> present(NamedCsvRecord row, String column) {
    return Optional.of(row.getField(column)).filter(value -> !value.isEmpty());
  }

  private static Optional<BigDecimal> decimal(NamedCsvRecord row, String column) {
    return present(row, column).map(BigDecimal::new);
  }

  private static Stream<String> words(NamedCsvRecord row, String column) {
    return Stream.of(row.getField(column).split(" ", -1)).filter(word -> !word.isEmpty());
  }

  private <T> List<T> each(String file, Function<NamedCsvRecord, T> read) {
    return rows(file).stream().map(read).toList();
  }

  private List<NamedCsvRecord> rows(String file) {
    try (var in = CatalogueFiles.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("no " + FOLDER + file);
      }
      var bytes = in.readAllBytes();
      content.update(bytes);
      try (var csv =
          CsvReader.builder().ofNamedCsvRecord(new String(bytes, StandardCharsets.UTF_8))) {
        return csv.stream().toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

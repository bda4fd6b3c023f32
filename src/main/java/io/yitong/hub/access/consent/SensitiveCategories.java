package io.yitong.hub.access.consent;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.yitong.hub.fhir.json.Element;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which resources are of a category that nobody but its institution sees without consent to that
 * category: by a security label, by a code anywhere in it, or by the words that go with codes
 * (rules/access/sensitive-categories.csv). Codes of HL7 v3 ActCode, information sensitivity policy.
 */
public final class SensitiveCategories {
  /** HIV, mental health, genetics, reproduction; and what is labelled restricted as a whole. */
  public static final Set<String> CODES = Set.of("HIV", "PSY", "GDIS", "SEX", "R", "V");

  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String CONFIDENTIALITY =
      "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

  private record Beginning(String system, String code, String category) {}

  private static final Map<String, String> BY_CODE = new HashMap<>();
  private static final List<Beginning> BY_BEGINNING = new ArrayList<>();
  private static final Map<String, String> BY_WORD = new HashMap<>();

  static {
    try (var rows = CsvReader.builder().ofNamedCsvRecord(file())) {
      rows.forEach(SensitiveCategories::take);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SensitiveCategories() {}

  private static Reader file() {
    return new InputStreamReader(
        Objects.requireNonNull(
            SensitiveCategories.class.getResourceAsStream(
                "/rules/access/sensitive-categories.csv")),
        StandardCharsets.UTF_8);
  }

  private static void take(NamedCsvRecord row) {
    var category = row.getField("category");
    var value = row.getField("value");
    switch (row.getField("kind")) {
      case "code" -> BY_CODE.put(row.getField("system") + "|" + value, category);
      case "begins" -> BY_BEGINNING.add(new Beginning(row.getField("system"), value, category));
      case "text" -> BY_WORD.put(value, category);
      default -> throw new IllegalStateException("sensitive-categories.csv: " + row);
    }
  }

  /** Those the resource is of; empty for most. The caller may add to it. */
  public static TreeSet<String> of(Element resource) {
    var found = new TreeSet<String>();
    resource.child("meta").ifPresent(meta -> addLabels(meta, found));
    addBelow(resource, found);
    return found;
  }

  private static void addLabels(Element meta, Set<String> found) {
    for (var label : meta.children("security")) {
      var system = label.value("system").orElse("");
      var code = label.value("code").orElse("");
      if (CODES.contains(code) && (system.equals(ACT_CODE) || system.equals(CONFIDENTIALITY))) {
        found.add(code);
      }
    }
  }

  private static void addBelow(Element element, Set<String> found) {
    for (var child : element.children()) {
      switch (child.type()) {
        case "Coding" -> addCoding(child, found);
        case "CodeableConcept" -> {
          child.value("text").ifPresent(text -> addWords(text, found));
          addBelow(child, found);
        }
        case "Quantity", "Identifier", "Reference", "Meta", "Period" -> {}
        default -> {
          if (!child.children().isEmpty()) {
            addBelow(child, found);
          }
        }
      }
    }
  }

  private static void addCoding(Element coding, Set<String> found) {
    var system = coding.value("system").orElse("");
    var code = coding.value("code").orElse("");
    var category = BY_CODE.get(system + "|" + code);
    if (category != null) {
      found.add(category);
    }
    for (var beginning : BY_BEGINNING) {
      if (code.startsWith(beginning.code()) && system.startsWith(beginning.system())) {
        found.add(beginning.category());
      }
    }
    coding.value("display").ifPresent(display -> addWords(display, found));
  }

  private static void addWords(String text, Set<String> found) {
    for (var word : BY_WORD.entrySet()) {
      if (text.contains(word.getKey())) {
        found.add(word.getValue());
      }
    }
  }
}

package io.yitong.hub.search.generate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;

/**
 * Values from pools small enough that queries hit, and with what is easily got wrong among them.
 */
final class Pools {
  static final String UCUM = "http://unitsofmeasure.org";

  static final List<String> SYSTEMS =
      List.of("http://loinc.org", "http://snomed.info/sct", "urn:oid:1.2.156.1", "http://a.b/c,d");
  static final List<String> CODES =
      List.of("718-7", "8480-6", "A", "a", "A,B", "x|y", "c\\d", "$1");
  static final List<String> FAMILIES =
      List.of("王", "王小", "Müller", "Muller", "O'Neil", "Smith-Jones", "SMITH", "李", "de la Cruz");
  static final List<String> GIVEN = List.of("瑋", "伟", "Éva", "Eva", "Ann, B", "Jo|e", "Maria  Ana");
  static final List<String> CITIES = List.of("重庆", "广安", "Chongqing", "São Paulo", "Sao Paulo");
  static final List<String> DATES =
      List.of("2024-02-29", "2024-02-28", "2024-03-01", "2025-12-31", "2026-01-01", "1969-12-31");
  static final List<String> TIMES =
      List.of("00:00:00", "23:59:59", "08:00:00", "15:59:59", "16:00:00");
  static final List<String> ZONES = List.of("Z", "+08:00", "-05:00", "+05:30", "+14:00");
  static final List<String> DECIMALS =
      List.of(
          "5.4",
          "5.40",
          "5.35",
          "5.45",
          "5.449",
          "0",
          "-1",
          "-0.5",
          "100",
          "99.5",
          "100.5",
          "99.4",
          "120",
          "0.0054",
          "5400",
          "0.1",
          "0.10000001",
          "37.0");
  static final List<String> LONG_DECIMALS =
      List.of(
          "0.12345678901234567",
          "0.12345678901234568",
          "98765432109876543.2",
          "98765432109876543.3",
          "1000000000000000000",
          "1000000000000000001",
          "1E-22",
          "1.000000000000000000E-245",
          "-1.000000000000000000E+245");

  /** Each family can be converted within itself. */
  static final List<List<String>> UNITS =
      List.of(
          List.of("g", "mg", "kg", "ug"),
          List.of("mmol/L", "umol/L"),
          List.of("mm[Hg]", "kPa"),
          List.of("g/L", "mg/dL"),
          List.of("%"));

  static final List<String> URLS =
      List.of(
          "http://acme.org/fhir/ValueSet/1",
          "http://acme.org/fhir/ValueSet/1/_history/5",
          "http://acme.org/fhir/ValueSet/2",
          "http://acme.org/fhir",
          "urn:oid:1.2.3.4.5");

  /** Of code systems whose codes stand below each other; the run follows. */
  static final String TREES = "http://acme.org/fhir/CodeSystem/";

  /** Above and below are said of URLs only, not of URNs. */
  static final List<String> HIERARCHY = URLS.subList(0, 4);

  private final Dice dice;
  private final Set<Family> families;

  Pools(Dice dice, Set<Family> families) {
    this.dice = dice;
    this.families = families;
  }

  boolean offers(Family family) {
    return families.contains(family);
  }

  Coding coding() {
    var coding = new Coding();
    if (!dice.onceIn(5)) {
      coding.setSystem(dice.one(SYSTEMS));
    }
    if (!dice.onceIn(20) || !coding.hasSystem()) {
      coding.setCode(dice.one(CODES));
    }
    if (dice.onceIn(2)) {
      coding.setDisplay(dice.one("Haemoglobin", "Hämoglobin, total", "血红蛋白", "Systolic"));
    }
    return coding;
  }

  CodeableConcept concept() {
    var concept = new CodeableConcept();
    for (var i = dice.below(8) == 0 ? 0 : 1 + dice.below(2); i > 0; i--) {
      concept.addCoding(coding());
    }
    if (!concept.hasCoding() || dice.onceIn(3)) {
      concept.setText(dice.one("Haemoglobin in blood", "血红蛋白测定", "free text, with comma"));
    }
    return concept;
  }

  Identifier identifier() {
    var identifier = new Identifier();
    if (!dice.onceIn(5)) {
      identifier.setSystem(
          dice.one("urn:oid:1.2.156.9", "http://hospital/mrn", "http://hospital/visit"));
    }
    if (!dice.onceIn(12) || !identifier.hasSystem()) {
      identifier.setValue(dice.one("1001", "1002", "MRN-7", "a|b", "x,y", "007"));
    }
    if (dice.onceIn(3)) {
      identifier.setType(
          new CodeableConcept()
              .addCoding(
                  new Coding(
                      "http://terminology.hl7.org/CodeSystem/v2-0203", dice.one("MR", "VN"), null))
              .setText(dice.one("Medical record number", "Visit number")));
    }
    return identifier;
  }

  /** Of any precision a dateTime may have. */
  String time() {
    var date = dice.one(DATES);
    return switch (dice.below(6)) {
      case 0 -> date.substring(0, 4);
      case 1 -> date.substring(0, 7);
      case 2 -> date;
      case 3 ->
          date + "T" + dice.one(TIMES) + "." + dice.one("000", "500", "999") + dice.one(ZONES);
      default -> date + "T" + dice.one(TIMES) + dice.one(ZONES);
    };
  }

  String date() {
    var date = dice.one(DATES);
    return date.substring(0, dice.one(4, 7, 10, 10));
  }

  String instant() {
    return dice.one(DATES) + "T" + dice.one(TIMES) + dice.one(ZONES);
  }

  DateTimeType dateTime() {
    return new DateTimeType(time());
  }

  /** With one end or both; a start is not after its end. */
  Period period() {
    var early = dice.one("2024-02-28", "2024-02", "2024-02-29T08:00:00+08:00", "2023");
    var late = dice.one("2024-03-01", "2025", "2026-01-01T00:00:00Z", "2024-12-31T23:59:59.999Z");
    var period = new Period();
    var which = dice.below(4);
    if (which != 0) {
      period.setStartElement(new DateTimeType(early));
    }
    if (which != 1) {
      period.setEndElement(new DateTimeType(late));
    }
    return period;
  }

  Quantity quantity() {
    var number =
        families.contains(Family.LONG_DECIMALS) && dice.onceIn(6)
            ? dice.one(LONG_DECIMALS)
            : dice.one(DECIMALS);
    var quantity = new Quantity().setValue(new BigDecimal(number));
    var unit = dice.one(dice.one(UNITS));
    switch (dice.below(6)) {
      case 0 -> quantity.setUnit("tablets");
      case 1 -> quantity.setSystem("http://other.units").setCode("spoon").setUnit("spoons");
      case 2 -> {
        // a bare number
      }
      default -> quantity.setSystem(UCUM).setCode(unit).setUnit(unit);
    }
    if (families.contains(Family.COMPARATOR) && dice.onceIn(8)) {
      quantity.setComparator(
          dice.one(
              QuantityComparator.LESS_THAN,
              QuantityComparator.LESS_OR_EQUAL,
              QuantityComparator.GREATER_THAN,
              QuantityComparator.GREATER_OR_EQUAL));
    }
    return quantity;
  }
}

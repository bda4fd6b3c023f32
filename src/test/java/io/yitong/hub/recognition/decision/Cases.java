package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.recognition.decision.Candidate.Flag;
import io.yitong.hub.recognition.decision.Candidate.Laboratory;
import io.yitong.hub.recognition.decision.Candidate.Source;
import io.yitong.hub.recognition.decision.Candidate.Status;
import io.yitong.hub.recognition.decision.InternalControl.State;
import io.yitong.hub.recognition.decision.ResultValue.Absent;
import io.yitong.hub.recognition.decision.ResultValue.Measured;
import io.yitong.hub.recognition.decision.ResultValue.Worded;
import io.yitong.hub.terminology.Units;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The language of decisions.csv, and the people in it. */
final class Cases {
  static final InstitutionId LINSHUI =
      new InstitutionId("urn:yitong:institution:511623-people-hospital");
  static final InstitutionId TOWNSHIP =
      new InstitutionId("urn:yitong:institution:511623-dingping-township");
  static final InstitutionId CHONGQING =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");

  /** The moment of every order. */
  static final Instant AT = time("2026-03-02T09:00");

  static final Units UNITS = new Units();
  static final Catalogue CATALOGUE = Catalogue.load();
  static final DecideRecognition DECIDE = new DecideRecognition(UNITS::convert);

  private static final Map<String, String> LOINC =
      Map.ofEntries(
          Map.entry("ALT", "1742-6"),
          Map.entry("AST", "1920-8"),
          Map.entry("K", "2823-3"),
          Map.entry("cTnI", "89579-7"),
          Map.entry("HbA1c", "4548-4"),
          Map.entry("Crea", "14682-9"),
          Map.entry("Lp(a)", "10835-7"),
          Map.entry("CA125", "10334-1"),
          Map.entry("HIV", "56888-1"),
          Map.entry("HBsAg", "5196-1"),
          Map.entry("TBil", "14631-6"),
          Map.entry("Hb", "718-7"));

  private Cases() {}

  static Loinc loinc(String name) {
    return new Loinc(LOINC.getOrDefault(name, name));
  }

  static Order order(String ordered, String birth) {
    var code =
        ordered.equals("LIVER")
            ? new Order.Code(NamingSystems.CHARGE_ITEM, ordered)
            : new Order.Code(NamingSystems.LOINC, LOINC.getOrDefault(ordered, ordered));
    return new Order(
        CHONGQING,
        Optional.ofNullable(birth).map(LocalDate::parse),
        List.of(new Order.Line("ServiceRequest/draft-1", List.of(code))));
  }

  /** {@code ALT 32 U/L linshui 2026-03-01T07:30 preliminary; …} or {@code the liver panel …}. */
  static List<Candidate> results(String written) {
    var results = new ArrayList<Candidate>();
    if (written != null) {
      for (var one : written.split("; ", -1)) {
        if (one.startsWith("the liver panel")) {
          results.addAll(liverPanel(one));
        } else {
          results.add(result(one, results.size()));
        }
      }
    }
    return results;
  }

  private static List<Candidate> liverPanel(String written) {
    var words = List.of(written.split(" ", -1));
    var fromAndWhen = String.join(" ", words.subList(words.size() - 2, words.size()));
    var liver = CATALOGUE.chargeItems().stream().filter(c -> c.code().equals("LIVER")).findFirst();
    var results = new ArrayList<Candidate>();
    for (var analyte : liver.orElseThrow().required()) {
      if (!written.contains("without") || !analyte.equals(loinc(words.get(4)))) {
        var unit = CATALOGUE.item(analyte).orElseThrow().unit().orElseThrow();
        results.add(result(analyte + " 50 " + unit + " " + fromAndWhen, results.size()));
      }
    }
    return results;
  }

  private static Candidate result(String written, int number) {
    var words = new ArrayList<>(List.of(written.split(" ", -1)));
    var item = loinc(words.remove(0));
    var value = words.remove(0);
    var measured = value.equals("-") || Character.isDigit(value.charAt(0));
    var unit = measured ? words.remove(0) : "";
    var laboratory = words.remove(0);
    var collected = words.remove(0);
    return new Candidate(
        new Source("Observation/" + number, option(words, "agreement")),
        item,
        value(value, unit),
        option(words, "range").map(Cases::range),
        words.contains("preliminary")
            ? Status.NOT_FINAL
            : words.contains("void") ? Status.VOID : Status.FINAL,
        collected.equals("-") ? Optional.empty() : Optional.of(time(collected)),
        Optional.empty(),
        laboratory(laboratory),
        option(words, "specimen").map(SpecimenClass::valueOf),
        flags(words));
  }

  private static ResultValue value(String value, String unit) {
    if (value.equals("-")) {
      return new Absent();
    }
    if (!Character.isDigit(value.charAt(0))) {
      return new Worded(value);
    }
    var written = unit.equals("-") ? "" : unit;
    return new Measured(
        new BigDecimal(value), "", written, Optional.of(written).filter(u -> !u.isEmpty()));
  }

  private static Optional<Laboratory> laboratory(String name) {
    return switch (name) {
      case "linshui" -> Optional.of(new Laboratory(LINSHUI, "邻水县人民医院检验科"));
      case "township" -> Optional.of(new Laboratory(TOWNSHIP, "鼎屏镇中心卫生院检验科"));
      case "-" -> Optional.empty();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Set<Flag> flags(List<String> words) {
    var flags = EnumSet.noneOf(Flag.class);
    var known =
        Map.of(
            "critical", Flag.CRITICAL,
            "unreliable", Flag.UNRELIABLE,
            "bedside", Flag.POINT_OF_CARE,
            "marked", Flag.MARK_CLAIMED);
    words.forEach(word -> Optional.ofNullable(known.get(word)).ifPresent(flags::add));
    return flags;
  }

  private static ReferenceRange range(String written) {
    var ends = written.split("\\.\\.", -1);
    return new ReferenceRange(
        Optional.of(new BigDecimal(ends[0])), Optional.of(new BigDecimal(ends[1])), written);
  }

  private static Optional<String> option(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst();
  }

  /** {@code chuanyu passed until 2026-12-31; …} for every item at Linshui; {@code none}. */
  static Evidence evidence(String quality, String control) {
    var rounds = new ArrayList<EqaRound>();
    if (!quality.equals("none")) {
      for (var one : quality.split("; ", -1)) {
        var words = one.split(" ", -1);
        CATALOGUE.items().forEach(item -> rounds.add(round(item.loinc(), words)));
      }
    }
    var state =
        switch (control) {
          case "in control" -> State.IN_CONTROL;
          case "out of control" -> State.OUT_OF_CONTROL;
          case "unknown" -> State.UNKNOWN;
          default -> throw new IllegalArgumentException(control);
        };
    var controls =
        CATALOGUE.items().stream()
            .map(i -> new InternalControl(LINSHUI, i.loinc(), state, time("2026-01-01T00:00")))
            .toList();
    return new Evidence(rounds, controls);
  }

  private static EqaRound round(Loinc item, String[] words) {
    return new EqaRound(
        LINSHUI,
        item,
        words[0],
        "2025-3",
        words[1].equals("passed"),
        LocalDate.parse("2025-11-01"),
        LocalDate.parse("2025-12-01"),
        LocalDate.parse(words[3]));
  }

  static Instant time(String local) {
    return LocalDateTime.parse(local).atZone(RegionTime.ZONE).toInstant();
  }
}

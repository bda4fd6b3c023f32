package io.yitong.hub.recognition.quality;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.recognition.decision.EqaRound;
import io.yitong.hub.recognition.decision.InternalControl;
import io.yitong.hub.recognition.decision.InternalControl.State;
import io.yitong.hub.recognition.decision.Loinc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the quality-control body's files, strictly: every bad line is named, and one bad line
 * refuses the file.
 *
 * @param scopes codes of the scopes there are
 */
record QualityCsv(Set<String> scopes) {
  private static final List<String> EQA =
      List.of(
          "laboratory",
          "loinc",
          "scope",
          "round",
          "result",
          "surveyed",
          "published",
          "valid_until");
  private static final List<String> CONTROL = List.of("laboratory", "loinc", "status", "since");

  /** What a file says, or everything that is wrong with it. */
  sealed interface Parsed<T> {
    record Rows<T>(List<T> rows) implements Parsed<T> {}

    record Faults<T>(List<HubException> faults) implements Parsed<T> {}
  }

  Parsed<EqaRound> eqa(byte[] file) {
    return parse(file, EQA, this::round, EqaRow.Key::of);
  }

  Parsed<InternalControl> control(byte[] file) {
    return parse(file, CONTROL, QualityCsv::control, ControlRow.Key::of);
  }

  private EqaRound round(Line line) {
    var scope = line.in("scope", scopes::contains, "没有此互认范围 no such scope");
    var result = line.in("result", Set.of("passed", "failed")::contains, "应为 passed 或 failed");
    var laboratory =
        line.read("laboratory", InstitutionId::new, "urn:yitong:institution:NNNNNN-name");
    var item = line.read("loinc", Loinc::new, "LOINC");
    var round = line.in("round", text -> !text.isBlank(), "为空 empty");
    var surveyed = line.read("surveyed", LocalDate::parse, "yyyy-MM-dd");
    var published = line.read("published", LocalDate::parse, "yyyy-MM-dd");
    var validUntil = line.read("valid_until", LocalDate::parse, "yyyy-MM-dd");
    try {
      return new EqaRound(
          laboratory, item, scope, round, result.equals("passed"), surveyed, published, validUntil);
    } catch (IllegalArgumentException e) {
      throw line.fault("published", e.getMessage());
    }
  }

  private static InternalControl control(Line line) {
    return new InternalControl(
        line.read("laboratory", InstitutionId::new, "urn:yitong:institution:NNNNNN-name"),
        line.read("loinc", Loinc::new, "LOINC"),
        line.read("status", QualityCsv::state, "in-control, out-of-control, unknown"),
        line.read("since", QualityCsv::instant, "2026-03-01T08:00:00+08:00"));
  }

  private static State state(String written) {
    return switch (written) {
      case "in-control" -> State.IN_CONTROL;
      case "out-of-control" -> State.OUT_OF_CONTROL;
      case "unknown" -> State.UNKNOWN;
      default -> throw new IllegalArgumentException(written);
    };
  }

  private static Instant instant(String written) {
    return OffsetDateTime.parse(written).toInstant();
  }

  private static <T, K> Parsed<T> parse(
      byte[] file, List<String> columns, Function<Line, T> read, Function<T, K> key) {
    List<T> rows = new ArrayList<>();
    List<HubException> faults = new ArrayList<>();
    Map<K, Long> seen = new HashMap<>();
    try (var csv =
        CsvReader.builder().commentStrategy(CommentStrategy.NONE).ofNamedCsvRecord(utf8(file))) {
      for (var record : csv) {
        if (faults.isEmpty() && rows.isEmpty()) {
          requireColumns(record, columns);
        }
        var line = new Line(record);
        try {
          var row = read.apply(line);
          var earlier = seen.putIfAbsent(key.apply(row), record.getStartingLineNumber());
          if (earlier != null) {
            throw line.fault(columns.get(0), "与第 " + earlier + " 行重复 repeats line " + earlier);
          }
          rows.add(row);
        } catch (HubException fault) {
          faults.add(fault);
        }
      }
    } catch (HubException fault) {
      faults.add(fault);
    } catch (CsvParseException e) {
      faults.add(new HubException(ErrorCode.CSV_ROW_INVALID, "", 0, "", e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (faults.isEmpty() && rows.isEmpty()) {
      faults.add(new HubException(ErrorCode.CSV_ROW_INVALID, "", 1, "", "没有数据行 no rows"));
    }
    return faults.isEmpty() ? new Parsed.Rows<>(rows) : new Parsed.Faults<>(faults);
  }

  private static void requireColumns(NamedCsvRecord first, List<String> columns) {
    for (var column : columns) {
      if (!first.getHeader().contains(column)) {
        throw new HubException(ErrorCode.CSV_COLUMN_MISSING, column, column);
      }
    }
  }

  private static String utf8(byte[] file) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new HubException(ErrorCode.MESSAGE_CHARSET_WRONG, "", "UTF-8", 0);
    }
  }

  /** One line, whose faults name it. */
  private record Line(NamedCsvRecord record) {
    String in(String column, Predicate<String> good, String otherwise) {
      var value = record.getField(column);
      if (!good.test(value)) {
        throw fault(column, "'" + value + "': " + otherwise);
      }
      return value;
    }

    <T> T read(String column, Function<String, T> reader, String expected) {
      var value = record.getField(column);
      try {
        return reader.apply(value);
      } catch (IllegalArgumentException | DateTimeParseException e) {
        throw fault(column, "'" + value + "' ≠ " + expected);
      }
    }

    HubException fault(String column, String why) {
      return new HubException(
          ErrorCode.CSV_ROW_INVALID, column, record.getStartingLineNumber(), column, why);
    }
  }
}

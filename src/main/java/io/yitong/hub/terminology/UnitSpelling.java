package io.yitong.hub.terminology;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Units as laboratories write them to UCUM's writing (table {@code terminology/units.csv}). Case is
 * not looked at, since {@code u/l}, {@code U/L} and {@code MMOL/L} all occur and a megagram does
 * not.
 */
final class UnitSpelling {
  private static final String TABLE = "/terminology/units.csv";
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** Giga and tera per litre, or a gram shouted: nothing tells which. */
  private static final List<String> AMBIGUOUS = List.of("G/L", "T/L", "G/l", "T/l");

  /** Powers of ten that occur; their exponent is often pasted without its superscript. */
  private static final List<String> POWERS = List.of("3", "4", "6", "9", "12");

  private final Map<String, String> table;

  UnitSpelling() {
    this.table = load();
  }

  private static Map<String, String> load() {
    try (var in = UnitSpelling.class.getResourceAsStream(TABLE)) {
      var rows = new HashMap<String, String>();
      CsvReader.builder()
          .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
          .forEach(row -> rows.put(row.getField(0), row.getField(1)));
      rows.remove("written");
      return Map.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One kind of character for each meaning: half-width, u for micro, no blanks. */
  static String plain(String written) {
    var out = new StringBuilder(written.length());
    var raised = false;
    for (var i = 0; i < written.length(); i++) {
      var c = written.charAt(i);
      var power = SUPERSCRIPTS.indexOf(c);
      if (power >= 0) {
        out.append(raised ? "" : "^").append(power);
      } else if (c >= '！' && c <= '～') {
        out.append((char) (c - 0xFEE0));
      } else if (c == 'µ' || c == 'μ') {
        out.append('u');
      } else if (c == '×' || c == '✕') {
        out.append('x');
      } else if (!Character.isWhitespace(c) && c != '　') {
        out.append(c);
      }
      raised = power >= 0;
    }
    return out.toString();
  }

  /** Whether nothing tells what is meant. */
  static boolean ambiguous(String plain) {
    return AMBIGUOUS.contains(plain);
  }

  /**
   * @param plain of {@link #plain}
   */
  Optional<String> ucum(String plain) {
    if (ambiguous(plain)) {
      return Optional.empty();
    }
    var whole = table.get(plain.toLowerCase(Locale.ROOT));
    if (whole != null) {
      return whole.isEmpty() ? Optional.empty() : Optional.of(whole);
    }
    var factors = new ArrayList<String>();
    for (var factor : plain.split("/", -1)) {
      var meaning = factor(factor);
      if (meaning.isEmpty()) {
        return Optional.empty();
      }
      factors.add(meaning.get());
    }
    return Optional.of(String.join("/", factors));
  }

  private Optional<String> factor(String factor) {
    if (factor.isEmpty()) {
      return Optional.of("");
    }
    var known = table.get(factor.toLowerCase(Locale.ROOT));
    return known != null ? Optional.of(known) : powerOfTen(factor);
  }

  /** x10^9, *10^9, 10~9, 10*9, 10**9, 10e9, and 109 where the superscript was lost. */
  private static Optional<String> powerOfTen(String factor) {
    var from = 0;
    while (from < factor.length() && "xX*·".indexOf(factor.charAt(from)) >= 0) {
      from++;
    }
    if (!factor.startsWith("10", from)) {
      return Optional.empty();
    }
    from += 2;
    while (from < factor.length() && "^*~eE＾".indexOf(factor.charAt(from)) >= 0) {
      from++;
    }
    var exponent = factor.substring(from);
    var digits = exponent.startsWith("0") ? exponent.substring(1) : exponent;
    return POWERS.contains(digits) ? Optional.of("10*" + digits) : Optional.empty();
  }
}

package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of an address. They are read when they are asked for, where a refusal is recorded.
 *
 * @param raw as sent, without the question mark
 */
public record Query(String raw) {
  /** What every interaction takes: the form of the answer (FHIR R4, 3.1.0.1.10 to 12). */
  public static final Set<String> FORM = Set.of("_format", "_pretty", "_summary", "_elements");

  private static final int MOST_SHOWN = 200;

  /** Percent-encoding undone. */
  public record Parameter(String name, String value) {}

  /** In order. */
  public List<Parameter> parameters() {
    var parameters = new ArrayList<Parameter>();
    for (var part : raw.split("&", -1)) {
      if (!part.isEmpty()) {
        var equals = part.indexOf('=');
        parameters.add(
            new Parameter(
                decode(equals < 0 ? part : part.substring(0, equals)),
                equals < 0 ? "" : decode(part.substring(equals + 1))));
      }
    }
    return parameters;
  }

  /** This and then that: an address and the form posted to it. */
  public Query and(Query more) {
    return more.raw.isEmpty() ? this : new Query(raw.isEmpty() ? more.raw : raw + "&" + more.raw);
  }

  /** Without what is about the form of the answer: what remains says what is meant. */
  public String criterion() {
    return Arrays.stream(raw.split("&", -1))
        .filter(part -> !FORM.contains(name(part)))
        .collect(Collectors.joining("&"));
  }

  /** A parameter as it was sent, to be repeated in links: with an ampersand before it. */
  public String asSent(String parameter) {
    return Arrays.stream(raw.split("&", -1))
        .filter(part -> !part.isEmpty() && name(part).equals(parameter))
        .map(part -> "&" + part)
        .collect(Collectors.joining());
  }

  /** The same question, for the page behind a cursor. */
  public String after(String cursor) {
    return Stream.concat(
            Arrays.stream(raw.split("&", -1))
                .filter(part -> !part.isEmpty() && !name(part).equals("_cursor")),
            Stream.of("_cursor=" + cursor))
        .collect(Collectors.joining("&"));
  }

  private static String name(String part) {
    var equals = part.indexOf('=');
    return decode(equals < 0 ? part : part.substring(0, equals));
  }

  /**
   * If-None-Exist as it is sent: the search alone, or with the address before it.
   *
   * @param header null when there is none
   */
  public static String ifNoneExist(String header) {
    var text = Objects.requireNonNullElse(header, "").trim();
    var question = text.indexOf('?');
    var isAddress = question >= 0 && text.indexOf('=') > question;
    return isAddress ? text.substring(question + 1) : text;
  }

  /** The only value of a parameter that may be given once. */
  public Optional<String> one(String name) {
    var values = parameters().stream().filter(parameter -> parameter.name().equals(name)).toList();
    if (values.size() > 1) {
      throw new HubException(ErrorCode.PARAMETER_REPEATED, name, name);
    }
    return values.stream().map(Parameter::value).findFirst();
  }

  /** Every value of every name. */
  public Map<String, List<String>> byName() {
    return parameters().stream()
        .collect(
            Collectors.groupingBy(
                Parameter::name,
                LinkedHashMap::new,
                Collectors.mapping(Parameter::value, Collectors.toList())));
  }

  /** All values of a parameter, those parted by commas one by one. */
  public List<String> all(String name) {
    return parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .flatMap(parameter -> List.of(parameter.value().split(",", -1)).stream())
        .toList();
  }

  /**
   * Refuses what this interaction would not heed.
   *
   * @param interaction for the text
   * @param known besides {@link #FORM}
   */
  public void takes(String interaction, Set<String> known) {
    for (var parameter : parameters()) {
      if (!known.contains(parameter.name()) && !FORM.contains(parameter.name())) {
        throw new HubException(
            ErrorCode.PARAMETER_UNKNOWN,
            shown(parameter.name()),
            interaction,
            shown(parameter.name()));
      }
    }
  }

  /** What a write's answer cannot be cut down to: the resource it tells of is whole. */
  public void refuse(String... names) {
    for (var name : names) {
      if (parameters().stream().anyMatch(parameter -> parameter.name().equals(name))) {
        throw new HubException(
            ErrorCode.PARAMETER_UNKNOWN, name, "POST | PUT | PATCH | DELETE", name);
      }
    }
  }

  /** A whole number that is not negative. */
  public static int number(String name, String text) {
    try {
      var number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, like a negative number
    }
    throw new HubException(ErrorCode.PARAMETER_INVALID, name, name, shown(text));
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  /** A plus sign that is not encoded is one: of a time zone, of {@code application/fhir+json}. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      var decoded = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\0') < 0) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // answered below, like a character that is none
    }
    throw new HubException(ErrorCode.PARAMETER_INVALID, "", shown(text), "%XX");
  }
}

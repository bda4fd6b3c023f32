package io.yitong.hub.api.operation;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** The parameters of one call, read strictly: what is not understood is refused by name. */
public record Asked(Invocation call) {

  /**
   * @throws HubException PARAMETER_INVALID for a parameter the operation does not have
   */
  public static Asked of(Invocation call, Set<String> known) {
    call.parameters().getParameter().stream()
        .map(each -> String.valueOf(each.getName()))
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw invalid(name, known.stream().sorted().collect(Collectors.joining(", ")));
            });
    return new Asked(call);
  }

  /** All values of the parameter as text. */
  public List<String> texts(String name) {
    return call.parameters().getParameter().stream()
        .filter(each -> name.equals(each.getName()))
        .map(
            each ->
                Optional.ofNullable(each.getValue())
                    .filter(value -> value.isPrimitive() && value.hasPrimitiveValue())
                    .orElseThrow(() -> invalid(name, "value[x]"))
                    .primitiveValue())
        .toList();
  }

  /** The value of a parameter that may be given once. */
  public Optional<String> text(String name) {
    var all = texts(name);
    if (all.size() > 1) {
      throw invalid(name, "0..1");
    }
    return all.stream().findFirst();
  }

  public OptionalInt positive(String name) {
    var text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      var number = Integer.parseInt(text.get());
      if (number > 0) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // answered below, like zero
    }
    throw invalid(name, "1..");
  }

  Optional<DateRange> date(String name) {
    return text(name)
        .map(
            text ->
                DateRange.parse(text)
                    .orElseThrow(() -> invalid(name, "yyyy-mm-ddThh:mm:ss+zz:zz")));
  }

  public boolean flag(String name) {
    return text(name)
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw invalid(name, "true | false");
                })
        .orElse(false);
  }

  /** Resource types, in one parameter or several, parted by commas. */
  Set<ResourceType> types(String name) {
    return texts(name).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(text -> type(name, text.trim()))
        .collect(Collectors.toSet());
  }

  public String id() {
    return call.id().orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, "id", "id"));
  }

  /**
   * The parameters as a query string, each part led by {@code &}.
   *
   * @param without one that is left out
   */
  String queryString(String without) {
    return call.parameters().getParameter().stream()
        .filter(each -> !each.getName().equals(without))
        .map(each -> "&" + encode(each.getName()) + "=" + encode(each.getValue().primitiveValue()))
        .collect(Collectors.joining());
  }

  public static HubException invalid(String name, String expected) {
    return new HubException(ErrorCode.PARAMETER_INVALID, name, name, expected);
  }

  private static ResourceType type(String name, String text) {
    return Stream.of(ResourceType.values())
        .filter(type -> type.name().equals(text))
        .findFirst()
        .orElseThrow(() -> invalid(name, text));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

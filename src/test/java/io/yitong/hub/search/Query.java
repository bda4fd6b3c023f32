package io.yitong.hub.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A search as a client writes it, before anything is percent-encoded.
 *
 * @param path {@code Observation}, {@code Patient/1/Observation}, {@code Patient/1/*}, or empty for
 *     the whole system
 */
public record Query(String path, List<Parameter> parameters) {
  /** One parameter of the query string. */
  public record Parameter(String name, String value) {
    @Override
    public String toString() {
      return name + "=" + value;
    }
  }

  public Query {
    parameters = List.copyOf(parameters);
  }

  public Query and(String name, String value) {
    var more = new ArrayList<>(parameters);
    more.add(new Parameter(name, value));
    return new Query(path, more);
  }

  public Query without(Parameter parameter) {
    var less = new ArrayList<>(parameters);
    less.remove(parameter);
    return new Query(path, less);
  }

  public Query replacing(Parameter parameter, Parameter by) {
    var changed = new ArrayList<>(parameters);
    changed.set(changed.indexOf(parameter), by);
    return new Query(path, changed);
  }

  public List<String> all(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .toList();
  }

  /** As it goes into an address. */
  public String encoded() {
    return path
        + parameters.stream()
            .map(parameter -> encode(parameter.name()) + "=" + encode(parameter.value()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As a person reads it. */
  @Override
  public String toString() {
    return parameters.stream()
        .map(Parameter::toString)
        .collect(Collectors.joining("&", path + "?", ""));
  }
}

package io.yitong.hub.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Reference;

/**
 * {@code _sort} (3.1.1.5.1): by the least value when ascending, by the greatest when descending.
 * Where what has no value goes is the server's choice, but it goes to one end.
 */
public final class Ordering {
  private final List<Term> terms;

  private record Term(String code, boolean descending) {}

  public Ordering(String sort) {
    this.terms =
        Stream.of(sort.split(",", -1))
            .map(
                part ->
                    part.startsWith("-")
                        ? new Term(part.substring(1), true)
                        : new Term(part, false))
            .toList();
  }

  /** The first pair that stands the wrong way round; empty when all is in order. */
  public Optional<String> disorder(List<Held> found) {
    var wrong = Stream.of(Absent.values()).map(absent -> disorder(found, absent)).toList();
    return wrong.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : wrong.get(0);
  }

  /** Where what has no value may go. */
  private enum Absent {
    AS_LEAST,
    AS_GREATEST,
    FIRST,
    LAST;

    boolean isFirst(boolean descending) {
      return switch (this) {
        case AS_LEAST -> !descending;
        case AS_GREATEST -> descending;
        case FIRST -> true;
        case LAST -> false;
      };
    }
  }

  private Optional<String> disorder(List<Held> found, Absent absent) {
    var order = comparator(absent);
    for (var i = 1; i < found.size(); i++) {
      if (order.compare(found.get(i - 1), found.get(i)) > 0) {
        return Optional.of(found.get(i - 1) + " before " + found.get(i));
      }
    }
    return Optional.empty();
  }

  private Comparator<Held> comparator(Absent absent) {
    Comparator<Held> order = Comparator.comparing(held -> 0);
    for (var term : terms) {
      var keys = comparator(term, absent.isFirst(term.descending()));
      order = order.thenComparing(held -> key(held, term), keys);
    }
    return order;
  }

  private static Comparator<Key> comparator(Term term, boolean absentFirst) {
    Comparator<Key> keys =
        term.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return absentFirst ? Comparator.nullsFirst(keys) : Comparator.nullsLast(keys);
  }

  /** A value to sort by; of one parameter all are of one kind. */
  private record Key(Instant time, BigDecimal number, String text) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      if (time != null) {
        return time.compareTo(other.time);
      }
      return number != null ? number.compareTo(other.number) : byCodePoint(text, other.text);
    }

    private static int byCodePoint(String one, String other) {
      return java.util.Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }
  }

  private static Key key(Held held, Term term) {
    var definition = Definitions.of(held.type(), term.code()).orElseThrow();
    var keys =
        held.values(definition).stream()
            .flatMap(value -> keys(definition, value, term.descending()))
            .filter(Objects::nonNull);
    return (term.descending()
            ? keys.max(Comparator.naturalOrder())
            : keys.min(Comparator.naturalOrder()))
        .orElse(null);
  }

  private static Stream<Key> keys(Definition definition, Base value, boolean descending) {
    return switch (definition.kind()) {
      case "date" ->
          Moments.spans(value)
              .map(span -> new Key(descending ? span.high() : span.low(), null, null));
      case "number", "quantity" ->
          Numbers.end(value, descending).stream().map(number -> new Key(null, number, null));
      case "string" -> Strings.texts(value).map(text -> new Key(null, null, Strings.normal(text)));
      case "reference" ->
          value instanceof Reference reference && reference.hasReference()
              ? Stream.of(new Key(null, null, reference.getReference()))
              : Stream.empty();
      case "token" ->
          Tokens.codes(value)
              .filter(code -> code.code() != null)
              .map(code -> new Key(null, null, code.code()));
      default -> Stream.of(new Key(null, null, value.primitiveValue()));
    };
  }
}

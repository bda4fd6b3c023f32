package io.yitong.hub.record.index;

import io.yitong.hub.fhir.json.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** A search parameter's FHIRPath, compiled: what it selects from a resource. */
public sealed interface ElementPath {
  List<Element> select(List<Element> from);

  default List<Element> of(Element resource) {
    return select(List.of(resource));
  }

  /** The names walked through; alternatives one after the other. */
  default List<List<String>> names() {
    return List.of(List.of());
  }

  /** The alternatives. */
  default List<ElementPath> parts() {
    return List.of(this);
  }

  /**
   * The same path from another start.
   *
   * @return empty when it does not lead through that start
   */
  default Optional<ElementPath> within(ElementPath start) {
    return equals(start) ? Optional.of(new Root()) : Optional.empty();
  }

  private static Optional<ElementPath> within(
      ElementPath path,
      ElementPath start,
      ElementPath from,
      Function<ElementPath, ElementPath> again) {
    return path.equals(start) ? Optional.of(new Root()) : from.within(start).map(again);
  }

  private static List<Element> those(List<Element> all, Predicate<Element> meant) {
    if (all.isEmpty()) {
      return all;
    }
    var found = new ArrayList<Element>(all.size());
    for (var each : all) {
      if (meant.test(each)) {
        found.add(each);
      }
    }
    return found;
  }

  /** The resource itself. */
  record Root() implements ElementPath {
    @Override
    public List<Element> select(List<Element> from) {
      return from;
    }
  }

  /** {@code from.name}. */
  record Child(ElementPath from, String name) implements ElementPath {
    @Override
    public List<Element> select(List<Element> start) {
      var parents = from.select(start);
      if (parents.isEmpty()) {
        return parents;
      }
      if (parents.size() == 1) {
        return parents.get(0).children(name);
      }
      var found = new ArrayList<Element>();
      for (var parent : parents) {
        found.addAll(parent.children(name));
      }
      return found;
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      return ElementPath.within(this, start, from, again -> new Child(again, name));
    }

    @Override
    public List<List<String>> names() {
      return from.names().stream()
          .map(
              names -> {
                var longer = new ArrayList<>(names);
                longer.add(name);
                return List.copyOf(longer);
              })
          .toList();
    }
  }

  /** {@code from as type}. */
  record OfType(ElementPath from, String type) implements ElementPath {
    /** Specialisations (FHIR R4, 2.24.0.8). */
    private static final Set<String> QUANTITIES =
        Set.of("Age", "Count", "Distance", "Duration", "MoneyQuantity", "SimpleQuantity");

    @Override
    public List<Element> select(List<Element> start) {
      return those(from.select(start), this::matches);
    }

    private boolean matches(Element value) {
      return isA(value.type(), type);
    }

    static boolean isA(String found, String type) {
      return found.equalsIgnoreCase(type)
          || (type.equals("Quantity") && QUANTITIES.contains(found));
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      return ElementPath.within(this, start, from, again -> new OfType(again, type));
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code from.where(resolve() is target)}, judged by what the reference says. */
  record LeadingTo(ElementPath from, String target) implements ElementPath {
    @Override
    public List<Element> select(List<Element> start) {
      return those(from.select(start), this::matches);
    }

    private boolean matches(Element value) {
      if (!value.type().equals("Reference")) {
        return false;
      }
      var literal = value.value("reference");
      return literal.isPresent()
          ? Literal.of(literal.get()).type().filter(target::equals).isPresent()
          : value.value("type").filter(target::equals).isPresent();
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      return ElementPath.within(this, start, from, again -> new LeadingTo(again, target));
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code from.where(child='value')}. */
  record Where(ElementPath from, String child, String value) implements ElementPath {
    @Override
    public List<Element> select(List<Element> start) {
      return those(from.select(start), this::matches);
    }

    private boolean matches(Element parent) {
      return parent.children(child).stream()
          .anyMatch(found -> found.value().filter(value::equals).isPresent());
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      return ElementPath.within(this, start, from, again -> new Where(again, child, value));
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code from[index]}. */
  record At(ElementPath from, int index) implements ElementPath {
    @Override
    public List<Element> select(List<Element> start) {
      var all = from.select(start);
      return index < all.size() ? List.of(all.get(index)) : List.of();
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      return ElementPath.within(this, start, from, again -> new At(again, index));
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code a | b}. */
  record Union(List<ElementPath> parts) implements ElementPath {
    public Union {
      parts = parts.stream().flatMap(part -> part.parts().stream()).distinct().toList();
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      var inside = parts.stream().flatMap(part -> part.within(start).stream()).toList();
      return inside.isEmpty() ? Optional.empty() : Optional.of(of(inside));
    }

    static ElementPath of(List<ElementPath> parts) {
      return parts.size() == 1 ? parts.get(0) : new Union(parts);
    }

    @Override
    public List<Element> select(List<Element> start) {
      List<Element> found = List.of();
      for (var part : parts) {
        var more = part.select(start);
        if (found.isEmpty()) {
          found = more;
        } else if (!more.isEmpty()) {
          found = new ArrayList<>(found);
          found.addAll(more);
        }
      }
      return found;
    }

    @Override
    public List<List<String>> names() {
      return parts.stream().flatMap(part -> part.names().stream()).toList();
    }
  }

  /** {@code from.exists() and from != false}: one boolean, whatever there is. */
  record SaidAndNotFalse(ElementPath from) implements ElementPath {
    private static final Optional<String> FALSE = Optional.of("false");

    @Override
    public List<Element> select(List<Element> start) {
      var values = from.select(start);
      var isSo =
          !values.isEmpty()
              && values.stream()
                  .noneMatch(v -> v.type().equals("boolean") && v.value().equals(FALSE));
      return List.of(Element.computed("boolean", Boolean.toString(isSo)));
    }

    @Override
    public Optional<ElementPath> within(ElementPath start) {
      return ElementPath.within(this, start, from, again -> new SaidAndNotFalse(again));
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }
}

package io.yitong.hub.record.index;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** A search parameter's FHIRPath, compiled: what it selects from a resource. */
public sealed interface ElementPath {
  List<Base> select(List<Base> from);

  default List<Base> of(Base resource) {
    return select(List.of(resource));
  }

  /** The names walked through, for a reader of stored JSON; alternatives one after the other. */
  default List<List<String>> names() {
    return List.of(List.of());
  }

  /** The resource itself. */
  record Root() implements ElementPath {
    @Override
    public List<Base> select(List<Base> from) {
      return from;
    }
  }

  /** {@code from.name}. */
  record Child(ElementPath from, String name, int hash) implements ElementPath {
    @Override
    public List<Base> select(List<Base> start) {
      var parents = from.select(start);
      if (parents.isEmpty()) {
        return parents;
      }
      var found = new ArrayList<Base>(2);
      for (var parent : parents) {
        var children = parent.getProperty(hash, name, false);
        if (children != null) {
          for (var child : children) {
            if (child != null) {
              found.add(child);
            }
          }
        }
      }
      return found;
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
    @Override
    public List<Base> select(List<Base> start) {
      return from.select(start).stream().filter(this::matches).toList();
    }

    private boolean matches(Base value) {
      return value.fhirType().equalsIgnoreCase(type)
          || (type.equals("Quantity") && value instanceof Quantity);
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code from.where(resolve() is target)}, judged by what the reference says. */
  record LeadingTo(ElementPath from, String target) implements ElementPath {
    @Override
    public List<Base> select(List<Base> start) {
      return from.select(start).stream().filter(this::matches).toList();
    }

    private boolean matches(Base value) {
      if (!(value instanceof Reference reference)) {
        return false;
      }
      if (reference.hasReference()) {
        return target.equals(new IdType(reference.getReference()).getResourceType());
      }
      return target.equals(reference.getType());
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code from.where(child='value')}. */
  record Where(ElementPath from, String child, String value) implements ElementPath {
    @Override
    public List<Base> select(List<Base> start) {
      return from.select(start).stream().filter(this::matches).toList();
    }

    private boolean matches(Base parent) {
      for (var found : parent.getProperty(child.hashCode(), child, false)) {
        if (found != null && value.equals(found.primitiveValue())) {
          return true;
        }
      }
      return false;
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code from[index]}. */
  record At(ElementPath from, int index) implements ElementPath {
    @Override
    public List<Base> select(List<Base> start) {
      var all = from.select(start);
      return index < all.size() ? List.of(all.get(index)) : List.of();
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }

  /** {@code a | b}. */
  record Union(List<ElementPath> parts) implements ElementPath {
    public Union {
      parts = List.copyOf(parts);
    }

    @Override
    public List<Base> select(List<Base> start) {
      var found = new ArrayList<Base>(2);
      for (var part : parts) {
        found.addAll(part.select(start));
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
    @Override
    public List<Base> select(List<Base> start) {
      var values = from.select(start);
      var isSo =
          !values.isEmpty()
              && values.stream().noneMatch(v -> "false".equals(v.primitiveValue()) && isBoolean(v));
      return List.of(new BooleanType(isSo));
    }

    private static boolean isBoolean(Base value) {
      return value instanceof BooleanType;
    }

    @Override
    public List<List<String>> names() {
      return from.names();
    }
  }
}

package io.yitong.hub.api.patch;

import java.util.List;
import java.util.stream.Stream;

/**
 * The part of FHIRPath by which a patch says where (FHIR R4, 3.1.0.8.2): names, indexes, where with
 * comparisons, first, last, extension, ofType and as. Whatever else is written is refused when it
 * is parsed.
 */
sealed interface PatchPath {
  Stream<Spot> select(Spot root, Spot context);

  default List<Spot> select(Spot root) {
    return select(root, root).toList();
  }

  /** The element that the condition is asked of, or the resource. */
  record Start() implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      return Stream.of(context);
    }
  }

  /** A name at the beginning that is the resource's type says no more than where to begin. */
  record Beginning(String name) implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      return context == root && root.type().name().equals(name)
          ? Stream.of(root)
          : context.children(name).stream();
    }
  }

  record Child(PatchPath of, String name) implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      return of.select(root, context).flatMap(spot -> spot.children(name).stream());
    }
  }

  record At(PatchPath of, int index) implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      return of.select(root, context).skip(index).limit(1);
    }
  }

  record Last(PatchPath of) implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      var all = of.select(root, context).toList();
      return all.stream().skip(Math.max(0, all.size() - 1));
    }
  }

  record OfType(PatchPath of, String type) implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      return of.select(root, context).filter(spot -> spot.type().name().equals(type));
    }
  }

  record Where(PatchPath of, Condition condition) implements PatchPath {
    @Override
    public Stream<Spot> select(Spot root, Spot context) {
      return of.select(root, context).filter(spot -> condition.holds(root, spot));
    }
  }

  /** What where() takes. */
  sealed interface Condition {
    boolean holds(Spot root, Spot spot);
  }

  /** Empty operands compare to nothing: neither equal nor unequal. */
  record Compared(PatchPath path, boolean equal, String literal) implements Condition {
    @Override
    public boolean holds(Spot root, Spot spot) {
      var values =
          path.select(root, spot)
              .map(Spot::value)
              .filter(value -> value != null && value.isValueNode())
              .toList();
      return values.size() == 1 && values.get(0).asText().equals(literal) == equal;
    }
  }

  record Exists(PatchPath path, boolean expected) implements Condition {
    @Override
    public boolean holds(Spot root, Spot spot) {
      return path.select(root, spot).findAny().isPresent() == expected;
    }
  }

  record Both(Condition one, Condition other) implements Condition {
    @Override
    public boolean holds(Spot root, Spot spot) {
      return one.holds(root, spot) && other.holds(root, spot);
    }
  }

  record Either(Condition one, Condition other) implements Condition {
    @Override
    public boolean holds(Spot root, Spot spot) {
      return one.holds(root, spot) || other.holds(root, spot);
    }
  }
}

package io.yitong.hub.search.generate;

import io.yitong.hub.search.Definition;
import io.yitong.hub.search.Held;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An expression of {@code _filter} (3.1.3) of what is written alike in all readings of it. */
final class GenerateFilter {
  private static final Set<String> KINDS = Set.of("token", "date", "number", "string", "reference");

  private final Dice dice;
  private final GenerateValue values;

  GenerateFilter(Dice dice, GenerateValue values) {
    this.dice = dice;
    this.values = values;
  }

  Optional<String> of(Held example, List<Definition> possible) {
    var first = term(example, possible);
    if (first.isEmpty() || dice.onceIn(2)) {
      return first;
    }
    var second = term(example, possible);
    return second.isEmpty()
        ? first
        : switch (dice.below(4)) {
          case 0 -> Optional.of(first.get() + " or " + second.get());
          case 1 -> Optional.of("not (" + first.get() + ") and " + second.get());
          case 2 -> Optional.of("(" + first.get() + " or " + second.get() + ") and " + first.get());
          default -> Optional.of(first.get() + " and " + second.get());
        };
  }

  private Optional<String> term(Held example, List<Definition> possible) {
    for (var i = 0; i < 8; i++) {
      var definition = dice.one(possible);
      var held = example.values(definition);
      if (!held.isEmpty() && KINDS.contains(definition.kind())) {
        var value = values.of(definition, dice.one(held));
        var term =
            switch (definition.kind()) {
              case "token" -> isSimple(value) ? "eq " + value : "";
              case "date" ->
                  dice.one("gt", "lt", "ge", "le", "sa", "eb") + " " + withoutPrefix(value);
              case "number" -> dice.one("gt", "lt", "ge", "le") + " " + withoutPrefix(value);
              case "string" -> {
                var text = values.text(held.get(0));
                yield isSimple(text) ? dice.one("co", "sw") + " \"" + text + "\"" : "";
              }
              case "reference" ->
                  isSimple(value) && value.startsWith("Patient/") ? "re " + value : "";
              default -> "";
            };
        if (!term.isEmpty()) {
          return Optional.of(definition.code() + " " + term);
        }
      }
    }
    return Optional.empty();
  }

  private static String withoutPrefix(String value) {
    return value.replaceAll("^[a-z]{2}", "");
  }

  /** Nothing that would have to be escaped in one grammar and not in the other. */
  private static boolean isSimple(String value) {
    return value.chars().noneMatch(c -> "\\, ()\"$".indexOf(c) >= 0);
  }
}

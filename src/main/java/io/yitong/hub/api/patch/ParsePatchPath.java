package io.yitong.hub.api.patch;

import io.yitong.hub.api.patch.PatchPath.At;
import io.yitong.hub.api.patch.PatchPath.Beginning;
import io.yitong.hub.api.patch.PatchPath.Both;
import io.yitong.hub.api.patch.PatchPath.Child;
import io.yitong.hub.api.patch.PatchPath.Compared;
import io.yitong.hub.api.patch.PatchPath.Condition;
import io.yitong.hub.api.patch.PatchPath.Either;
import io.yitong.hub.api.patch.PatchPath.Exists;
import io.yitong.hub.api.patch.PatchPath.Last;
import io.yitong.hub.api.patch.PatchPath.OfType;
import io.yitong.hub.api.patch.PatchPath.Start;
import io.yitong.hub.api.patch.PatchPath.Where;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link PatchPath}. */
final class ParsePatchPath {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|([A-Za-z_][A-Za-z0-9_]*)|`([^`]+)`|@?(-?[0-9][-0-9.:TZ+]*)|(!=|[.()\\[\\]=$]))");
  private static final int LONGEST = 1000;

  private final Matcher tokens;
  private final String text;
  private Optional<Boolean> existence = Optional.empty();
  private String string;
  private String name;
  private String number;
  private String sign;

  private ParsePatchPath(String text) {
    this.text = text;
    this.tokens = TOKEN.matcher(text);
    next();
  }

  /** Empty for what is no such path, or more of FHIRPath than is understood. */
  static Optional<PatchPath> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var parser = new ParsePatchPath(text);
      var path = parser.path();
      return parser.atEnd() && parser.existence.isEmpty() ? Optional.of(path) : Optional.empty();
    } catch (NotUnderstood e) {
      return Optional.empty();
    }
  }

  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private PatchPath path() {
    PatchPath path;
    if (takes("(")) {
      path = path();
      if (takesName("as")) {
        path = new OfType(path, name());
      }
      require(")");
    } else if (takes("$")) {
      if (!name().equals("this")) {
        throw new NotUnderstood();
      }
      path = new Start();
    } else {
      var first = name();
      path = takes("(") ? function(new Start(), first) : indexed(new Beginning(first));
    }
    return steps(indexed(path));
  }

  /** Ends with {@code exists()} or {@code empty()}, for the condition to take up. */
  private PatchPath steps(PatchPath start) {
    var path = start;
    while (existence.isEmpty() && takes(".")) {
      var step = name();
      if (takes("(")) {
        if (step.equals("exists") || step.equals("empty")) {
          existence = Optional.of(step.equals("exists"));
          require(")");
        } else {
          path = indexed(function(path, step));
        }
      } else {
        path = indexed(new Child(path, step));
      }
    }
    return path;
  }

  private PatchPath indexed(PatchPath path) {
    if (!takes("[")) {
      return path;
    }
    if (number == null || !number.matches("[0-9]{1,6}")) {
      throw new NotUnderstood();
    }
    var index = Integer.parseInt(number);
    next();
    require("]");
    return new At(path, index);
  }

  /** After the opening parenthesis. */
  private PatchPath function(PatchPath path, String function) {
    var found =
        switch (function) {
          case "first" -> new At(path, 0);
          case "last" -> new Last(path);
          case "ofType", "as" -> new OfType(path, name());
          case "where" -> new Where(path, either());
          case "extension" ->
              new Where(
                  new Child(path, "extension"),
                  new Compared(new Child(new Start(), "url"), true, string()));
          default -> throw new NotUnderstood();
        };
    require(")");
    return found;
  }

  private Condition either() {
    var condition = both();
    while (takesName("or")) {
      condition = new Either(condition, both());
    }
    return condition;
  }

  private Condition both() {
    var condition = comparison();
    while (takesName("and")) {
      condition = new Both(condition, comparison());
    }
    return condition;
  }

  private Condition comparison() {
    var path = path();
    if (existence.isPresent()) {
      var exists = new Exists(path, existence.get());
      existence = Optional.empty();
      return exists;
    }
    var equal = takes("=");
    if (!equal) {
      require("!=");
    }
    return new Compared(path, equal, literal());
  }

  private String literal() {
    if (string != null) {
      return string();
    }
    var text = number != null ? number : name;
    if (text == null) {
      throw new NotUnderstood();
    }
    next();
    return text;
  }

  private String string() {
    var value = string;
    if (value == null) {
      throw new NotUnderstood();
    }
    next();
    return value.replaceAll("\\\\(.)", "$1");
  }

  private String name() {
    var value = name;
    if (value == null) {
      throw new NotUnderstood();
    }
    next();
    return value;
  }

  private boolean takesName(String expected) {
    if (!expected.equals(name)) {
      return false;
    }
    next();
    return true;
  }

  private boolean takes(String expected) {
    if (!expected.equals(sign)) {
      return false;
    }
    next();
    return true;
  }

  private void require(String expected) {
    if (!takes(expected)) {
      throw new NotUnderstood();
    }
  }

  private boolean atEnd() {
    return string == null && name == null && number == null && sign == null;
  }

  private void next() {
    string = null;
    name = null;
    number = null;
    sign = null;
    if (text.substring(tokens.regionStart()).isBlank()) {
      return;
    }
    if (!tokens.lookingAt()) {
      throw new NotUnderstood();
    }
    string = tokens.group(1);
    name = tokens.group(2) != null ? tokens.group(2) : tokens.group(3);
    number = tokens.group(4);
    sign = tokens.group(5);
    tokens.region(tokens.end(), text.length());
  }
}

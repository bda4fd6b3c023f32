package io.yitong.hub.record.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Compiles the part of FHIRPath that the search parameters of FHIR R4 are written in: names, {@code
 * |}, {@code as}, {@code as()}, {@code where(resolve() is X)}, {@code where(a='b')}, {@code [n]},
 * and the one "said and not false" of Patient.deceased; of what others write besides: {@code
 * ofType()}, {@code extension('url')}, {@code first()}. The engine of the model library does the
 * same at many times the cost, on every write.
 */
final class PathCompiler {
  private static final Set<String> ROOTS =
      Stream.concat(
              Stream.of("Resource", "DomainResource"),
              Stream.of(ResourceType.values()).map(ResourceType::name))
          .collect(Collectors.toUnmodifiableSet());
  private static final Pattern SAID_AND_NOT_FALSE =
      Pattern.compile("([A-Za-z.]+)\\.exists\\(\\) and \\1 != false");
  private static final Pattern LEADING_TO = Pattern.compile("resolve\\(\\) is ([A-Za-z]+)");
  private static final Pattern ROOT = Pattern.compile("\\(*([A-Za-z]+)");
  private static final Pattern EQUALS = Pattern.compile("([A-Za-z]+) ?= ?'([^']*)'");

  private final String source;
  private int at;

  private PathCompiler(String source) {
    this.source = source;
  }

  /**
   * @return empty when the path uses more of FHIRPath than is understood here
   */
  static Optional<ElementPath> compile(String path) {
    try {
      var said = SAID_AND_NOT_FALSE.matcher(path.trim());
      if (said.matches()) {
        return compile(said.group(1)).map(ElementPath.SaidAndNotFalse::new);
      }
      var compiler = new PathCompiler(path);
      var compiled = compiler.union();
      compiler.skipBlanks();
      return compiler.at == path.length() ? Optional.of(compiled) : Optional.empty();
    } catch (NotUnderstood e) {
      return Optional.empty();
    }
  }

  /**
   * Of a path for several types the alternatives of one.
   *
   * @return empty when it has none for the type, or is not understood
   */
  static Optional<ElementPath> compile(String path, ResourceType type) {
    var ofType =
        alternatives(path).stream()
            .filter(
                part -> {
                  var root = ROOT.matcher(part);
                  return !root.lookingAt()
                      || !ROOTS.contains(root.group(1))
                      || Set.of(type.name(), "Resource", "DomainResource").contains(root.group(1));
                })
            .collect(Collectors.joining(" | "));
    return compile(ofType);
  }

  /** Parts at bars outside brackets and quotation marks. */
  private static List<String> alternatives(String path) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var quoted = false;
    var start = 0;
    for (var i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      quoted = (c == '\'') != quoted;
      depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '|' && depth == 0 && !quoted) {
        parts.add(path.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(path.substring(start).strip());
    return parts;
  }

  private ElementPath union() {
    var parts = new ArrayList<ElementPath>();
    parts.add(chain());
    while (takes("|")) {
      parts.add(chain());
    }
    return parts.size() == 1 ? parts.get(0) : new ElementPath.Union(parts);
  }

  private ElementPath chain() {
    var path = primary();
    while (true) {
      if (takes(".")) {
        path = invocation(path);
      } else if (takes("[")) {
        path = new ElementPath.At(path, Integer.parseInt(until(']')));
      } else if (takes("as ")) {
        path = new ElementPath.OfType(path, name());
      } else {
        return path;
      }
    }
  }

  private ElementPath primary() {
    if (takes("(")) {
      var inner = union();
      expect(")");
      return inner;
    }
    var first = name();
    if (ROOTS.contains(first)) {
      return new ElementPath.Root();
    }
    return new ElementPath.Child(new ElementPath.Root(), first);
  }

  private ElementPath invocation(ElementPath from) {
    var name = name();
    if (!takes("(")) {
      return new ElementPath.Child(from, name);
    }
    return switch (name) {
      case "as", "ofType" -> {
        var type = name();
        expect(")");
        yield new ElementPath.OfType(from, type);
      }
      case "extension" -> {
        expect("'");
        var url = until('\'');
        expect(")");
        yield new ElementPath.Where(new ElementPath.Child(from, "extension"), "url", url);
      }
      case "first" -> {
        expect(")");
        yield new ElementPath.At(from, 0);
      }
      case "where" -> condition(from);
      default -> throw new NotUnderstood();
    };
  }

  private ElementPath condition(ElementPath from) {
    var leadingTo = LEADING_TO.matcher(source).region(at, source.length());
    if (leadingTo.lookingAt()) {
      at = leadingTo.end();
      expect(")");
      return new ElementPath.LeadingTo(from, leadingTo.group(1));
    }
    var equals = EQUALS.matcher(source).region(at, source.length());
    if (equals.lookingAt()) {
      at = equals.end();
      expect(")");
      return new ElementPath.Where(from, equals.group(1), equals.group(2));
    }
    throw new NotUnderstood();
  }

  private String name() {
    skipBlanks();
    var start = at;
    while (at < source.length() && Character.isLetterOrDigit(source.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new NotUnderstood();
    }
    return source.substring(start, at);
  }

  private String until(char end) {
    var start = at;
    at = source.indexOf(end, at) + 1;
    if (at == 0) {
      throw new NotUnderstood();
    }
    return source.substring(start, at - 1);
  }

  private boolean takes(String token) {
    skipBlanks();
    if (!source.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void expect(String token) {
    if (!takes(token)) {
      throw new NotUnderstood();
    }
  }

  private void skipBlanks() {
    while (at < source.length() && source.charAt(at) == ' ') {
      at++;
    }
  }

  private static final class NotUnderstood extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUnderstood() {
      super(null, null, false, false);
    }
  }
}

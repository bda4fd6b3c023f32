package io.yitong.hub.search.examples;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example as it is sent: its references lead to resources of this run, and a tag says that it is
 * held to no profile of ours.
 *
 * @param referred {@code Type/id} of what must be there first
 */
record Rewritten(String text, Set<String> referred) {
  static final String TAGS = "urn:yitong:test:examples";

  private static final Pattern JSON_REFERENCE =
      Pattern.compile("(\"reference\"\\s*:\\s*\")([A-Z][A-Za-z]+)/([A-Za-z0-9.-]+)([/\"])");
  private static final Pattern XML_REFERENCE =
      Pattern.compile("(<reference value=\")([A-Z][A-Za-z]+)/([A-Za-z0-9.-]+)([/\"])");

  /** No meta of an example has more than one level of objects in it. */
  private static final Pattern JSON_META =
      Pattern.compile("\\A\\s*\\{[^{]*\"meta\"\\s*:\\s*(\\{(?:[^{}]|\\{[^{}]*})*})");

  private static final Pattern XML_ROOT = Pattern.compile("<(?![?!])[^>]*>");

  static Rewritten of(Example example, String run) {
    var referred = new TreeSet<String>();
    var text =
        (example.isJson() ? JSON_REFERENCE : XML_REFERENCE)
            .matcher(example.text())
            .replaceAll(
                match -> {
                  referred.add(match.group(2) + "/" + run + "-" + match.group(3));
                  return Matcher.quoteReplacement(
                      match.group(1)
                          + match.group(2)
                          + "/"
                          + run
                          + "-"
                          + match.group(3)
                          + match.group(4));
                });
    return new Rewritten(example.isJson() ? taggedJson(text, run) : taggedXml(text, run), referred);
  }

  /** What meta says already is left out: it is the server's. */
  private static String taggedJson(String text, String run) {
    var meta = "{\"tag\":[{\"system\":\"%s\",\"code\":\"%s\"}]}".formatted(TAGS, run);
    var own = JSON_META.matcher(text);
    if (own.find()) {
      return text.substring(0, own.start(1)) + meta + text.substring(own.end(1));
    }
    var brace = text.indexOf('{') + 1;
    return text.substring(0, brace) + "\"meta\":" + meta + "," + text.substring(brace);
  }

  private static String taggedXml(String text, String run) {
    var tag = "<tag><system value=\"%s\"/><code value=\"%s\"/></tag>".formatted(TAGS, run);
    if (text.contains("</meta>")) {
      return text.replaceFirst("(?s)<meta>.*?</meta>", "<meta>" + tag + "</meta>");
    }
    var root = XML_ROOT.matcher(text);
    root.find();
    var id = Pattern.compile("\\s*<id value=\"[^\"]*\"\\s*/>").matcher(text);
    var after =
        id.find(root.end()) && text.substring(root.end(), id.start()).isBlank()
            ? id.end()
            : root.end();
    return text.substring(0, after) + "<meta>" + tag + "</meta>" + text.substring(after);
  }
}

package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ResourceKey;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One value by one action. Whatever it does not understand is gone.
 *
 * @param root the resource it is within, {@code Type/id}
 * @param days by which the person's dates are moved
 * @param inside ids of the contained resources that are left
 */
record ReduceValue(
    DeidentificationProfile profile,
    Pseudonyms pseudonyms,
    LocalDate today,
    String root,
    int days,
    Set<String> inside) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final int FIVE = 5;

  /** Codes are short and have no blanks; a sentence or a Chinese name is none. */
  private static final Pattern CODE = Pattern.compile("[!-~]{1,64}");

  private static final Pattern URI = Pattern.compile("[A-Za-z0-9._:/#-]{1,200}");

  /** A resident identity card (GB 11643), old or new, or a mobile telephone. */
  private static final Pattern NUMBER_OF_PERSON =
      Pattern.compile("(?<![0-9])([0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9})(?![0-9])");

  Optional<JsonNode> by(Action action, JsonNode value) {
    return switch (action) {
      case REMOVE -> Optional.empty();
      case KEEP -> value.isTextual() ? code(value).map(TextNode::new) : scalar(value);
      case PUBLIC -> Optional.of(value).filter(JsonNode::isTextual);
      case PSEUDONYM -> value.isTextual() ? id(value.asText()) : reference(value);
      case CODED -> value.has("coding") ? concept(value) : coding(value);
      case QUANTITY -> quantity(value);
      case YEAR -> Dates.year(value.asText()).map(TextNode::new);
      case MONTH -> Dates.month(value.asText()).map(TextNode::new);
      case SHIFT -> Dates.shift(value.asText(), days).map(TextNode::new);
      case BIRTH_YEAR -> Dates.birth(value.asText(), 1, today).map(TextNode::new);
      case BIRTH_FIVE_YEARS -> Dates.birth(value.asText(), FIVE, today).map(TextNode::new);
      case DISTRICT ->
          Districts.all().of(value).map(district -> NODES.objectNode().put("district", district));
    };
  }

  private static Optional<JsonNode> scalar(JsonNode value) {
    return Optional.of(value).filter(each -> each.isNumber() || each.isBoolean());
  }

  private Optional<JsonNode> id(String id) {
    var type = root.substring(0, root.indexOf('/'));
    return Optional.of(new TextNode(profile.isClear(type) ? id : pseudonyms.of(type + "/" + id)));
  }

  /** To a type of the profile's, or into the resource; an address elsewhere is gone. */
  private Optional<JsonNode> reference(JsonNode value) {
    var reference = value.path("reference").asText();
    var replaced =
        reference.startsWith("#")
            ? Optional.of(reference.substring(1)).filter(inside::contains).map(this::hashed)
            : ResourceKey.ofReference(reference).flatMap(this::pseudonym);
    return replaced.map(text -> NODES.objectNode().put("reference", text));
  }

  private String hashed(String local) {
    return "#" + local(local);
  }

  /** The id of a contained resource: another in every resource. */
  String local(String id) {
    return pseudonyms.of(root + "#" + id);
  }

  private Optional<String> pseudonym(ResourceKey key) {
    var type = key.type().name();
    return profile.types().contains(type)
        ? Optional.of(
            profile.isClear(type) ? key.reference() : type + "/" + pseudonyms.of(key.reference()))
        : Optional.empty();
  }

  private Optional<JsonNode> concept(JsonNode value) {
    var codings = NODES.arrayNode();
    value.path("coding").forEach(each -> coding(each).ifPresent(codings::add));
    return codings.isEmpty()
        ? Optional.empty()
        : Optional.of(NODES.objectNode().set("coding", codings));
  }

  private Optional<JsonNode> coding(JsonNode value) {
    var system = value.path("system").asText();
    return code(value.path("code"))
        .filter(code -> isKnown(system))
        .map(code -> NODES.objectNode().put("system", system).put("code", code));
  }

  private boolean isKnown(String system) {
    return URI.matcher(system).matches()
        && !NUMBER_OF_PERSON.matcher(system).find()
        && profile.codeSystems().stream()
            .anyMatch(
                known ->
                    known.endsWith("*")
                        ? system.startsWith(known.substring(0, known.length() - 1))
                        : system.equals(known));
  }

  private static Optional<String> code(JsonNode code) {
    return Optional.of(code.asText())
        .filter(text -> CODE.matcher(text).matches())
        .filter(text -> !NUMBER_OF_PERSON.matcher(text).find());
  }

  private static Optional<JsonNode> quantity(JsonNode value) {
    if (!value.path("value").isNumber()
        || !value.path("system").asText().equals(NamingSystems.UCUM)) {
      return Optional.empty();
    }
    return code(value.path("code"))
        .map(
            code -> {
              var quantity = NODES.objectNode();
              quantity.set("value", value.get("value"));
              if (value.has("comparator")) {
                quantity.put("comparator", value.path("comparator").asText());
              }
              return quantity.put("system", NamingSystems.UCUM).put("code", code);
            });
  }
}

package io.yitong.hub.recognition.cds;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.recognition.books.CardId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a doctor did with a card, as the client reports it. */
sealed interface Feedback {
  CardId card();

  record Accepted(CardId card) implements Feedback {}

  /**
   * @param ground code of the reason chosen; a client may let its user go on without one
   */
  record Overridden(CardId card, Optional<String> ground, Optional<String> comment)
      implements Feedback {}

  /**
   * @throws io.yitong.hub.fhir.HubException naming the field that is wrong
   */
  static List<Feedback> parse(byte[] body) {
    var entries = HookRequest.json(body).path("feedback");
    if (entries.isMissingNode()) {
      throw HookRequest.missing("feedback");
    }
    if (!entries.isArray() || entries.isEmpty()) {
      throw HookRequest.invalid("feedback", "[ ]");
    }
    List<Feedback> feedback = new ArrayList<>();
    for (var i = 0; i < entries.size(); i++) {
      feedback.add(one(entries.path(i), "feedback[" + i + "]."));
    }
    return feedback;
  }

  private static Feedback one(JsonNode entry, String where) {
    var written = HookRequest.text(entry, "card", where + "card");
    var card =
        CardId.parse(written).orElseThrow(() -> HookRequest.invalid(where + "card", written));
    var outcome = HookRequest.text(entry, "outcome", where + "outcome");
    return switch (outcome) {
      case "accepted" -> accepted(card, entry.path("acceptedSuggestions"), where);
      case "overridden" -> overridden(card, entry.path("overrideReason"));
      default -> throw HookRequest.invalid(where + "outcome", outcome);
    };
  }

  private static Accepted accepted(CardId card, JsonNode suggestions, String where) {
    var field = where + "acceptedSuggestions";
    if (!suggestions.isArray() || suggestions.isEmpty()) {
      throw HookRequest.missing(field);
    }
    for (var suggestion : suggestions) {
      var id = suggestion.path("id").asText();
      if (!id.equals(Card.Suggestion.idOf(card))) {
        throw HookRequest.invalid(field, id);
      }
    }
    return new Accepted(card);
  }

  private static Overridden overridden(CardId card, JsonNode reason) {
    return new Overridden(
        card, text(reason.path("reason").path("code")), text(reason.path("userComment")));
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> !text.isBlank());
  }
}

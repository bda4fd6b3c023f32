package io.yitong.hub.recognition.cds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.yitong.hub.recognition.books.CardId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A card of CDS Hooks 2.0. */
@JsonInclude(Include.NON_EMPTY)
record Card(
    String uuid,
    String summary,
    String indicator,
    String detail,
    Origin source,
    List<Suggestion> suggestions,
    String selectionBehavior,
    List<Coding> overrideReasons,
    List<Link> links) {

  /** Longest summary the specification allows. */
  static final int LONGEST_SUMMARY = 140;

  record Origin(String label, String url) {}

  record Suggestion(String label, String uuid, boolean isRecommended, List<Action> actions) {
    /** The one a card has; its id follows from the card's. */
    static String idOf(CardId card) {
      return UUID.nameUUIDFromBytes((card + "/withdraw").getBytes(StandardCharsets.UTF_8))
          .toString();
    }
  }

  record Action(String type, String description, String resourceId) {}

  record Coding(String code, String system, String display) {}

  record Link(String label, String url, String type) {}
}

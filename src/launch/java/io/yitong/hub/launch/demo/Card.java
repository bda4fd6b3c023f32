package io.yitong.hub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** A CDS Hooks 2.0 card as the doctor's system receives it. */
record Card(JsonNode json) {
  String uuid() {
    return json.path("uuid").asText();
  }

  String summary() {
    return json.path("summary").asText();
  }

  String detail() {
    return json.path("detail").asText();
  }

  /** The first suggestion, which withdraws the order. */
  String suggestion() {
    return json.path("suggestions").path(0).path("uuid").asText();
  }

  boolean recommends() {
    return summary().contains("推荐互认")
        && !summary().contains("不推荐")
        && !json.path("suggestions").isEmpty();
  }

  boolean says(String text) {
    return summary().contains(text) || detail().contains(text);
  }
}

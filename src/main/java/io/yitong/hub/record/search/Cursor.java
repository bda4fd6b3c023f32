package io.yitong.hub.record.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the values it was sorted by and the row number. It opens nothing: every page
 * is searched under the reader's own filter.
 *
 * @param values as PostgreSQL writes them
 */
record Cursor(List<String> values, long rid) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String write() {
    try {
      var parts = new ArrayList<>(values);
      parts.add(Long.toString(rid));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written as JSON", e);
    }
  }

  static Cursor read(String text) {
    try {
      var parts =
          JSON.readValue(
              new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8),
              String[].class);
      return new Cursor(
          List.of(parts).subList(0, parts.length - 1), Long.parseLong(parts[parts.length - 1]));
    } catch (JsonProcessingException | RuntimeException e) {
      throw unreadable();
    }
  }

  static HubException unreadable() {
    return new HubException(ErrorCode.SEARCH_VALUE_INVALID, "_cursor", "_cursor", "…", "next");
  }
}

package io.yitong.hub.record.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.sql.Signature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page begins: the values it was sorted by and the row number. It opens nothing: every page
 * is searched under the reader's own filter. Signed with the search it belongs to, so that nobody
 * makes one up or takes it to another search.
 *
 * @param values as PostgreSQL writes them
 * @param backward whether the page lies before it
 */
record Cursor(List<String> values, long rid, boolean backward) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String write(Signature signature, String search) {
    try {
      var parts = new ArrayList<>(values);
      parts.add(Long.toString(rid));
      parts.add(backward ? "-" : "+");
      var text =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(JSON.writeValueAsString(parts).getBytes(StandardCharsets.UTF_8));
      return text + "." + signature.of(text + " " + search);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts can be written as JSON", e);
    }
  }

  static Cursor read(String written, Signature signature, String search) {
    var dot = written.indexOf('.');
    if (dot < 0) {
      throw unreadable();
    }
    var text = written.substring(0, dot);
    if (!signature.isOf(written.substring(dot + 1), text + " " + search)) {
      throw unreadable();
    }
    try {
      var parts =
          JSON.readValue(
              new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8),
              String[].class);
      var values = parts.length - 2;
      return new Cursor(
          List.of(parts).subList(0, values),
          Long.parseLong(parts[values]),
          parts[values + 1].equals("-"));
    } catch (JsonProcessingException | RuntimeException e) {
      throw unreadable();
    }
  }

  static HubException unreadable() {
    return new HubException(ErrorCode.SEARCH_VALUE_INVALID, "_cursor", "_cursor", "…", "next");
  }
}

package io.yitong.hub.record.bulk.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** What is to be imported, as kept with the job. */
public record ImportOrder(List<Input> inputs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One NDJSON file.
   *
   * @param type of every line; null when lines may be of any
   * @param url where it is fetched; null when it was sent with the request
   */
  public record Input(String type, String url) {
    String name() {
      return url == null ? "body" : url;
    }
  }

  public ImportOrder {
    inputs = List.copyOf(inputs);
  }

  public String write() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ImportOrder read(String json) {
    try {
      return JSON.readValue(json, ImportOrder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

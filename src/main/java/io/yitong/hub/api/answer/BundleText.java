package io.yitong.hub.api.answer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.yitong.hub.record.StoredResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Writes a Bundle around stored bytes, which are copied in as they are. */
public final class BundleText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
  private boolean entries;

  public BundleText(String type) {
    text("{\"resourceType\":\"Bundle\",\"type\":\"").text(type).text("\"");
  }

  public BundleText total(long total) {
    return text(",\"total\":" + total);
  }

  public BundleText links(String self, Optional<String> next) {
    return links(self, next, Optional.empty());
  }

  public BundleText links(String self, Optional<String> next, Optional<String> previous) {
    text(",\"link\":[").oneLink("self", self);
    next.ifPresent(url -> text(",").oneLink("next", url));
    previous.ifPresent(url -> text(",").oneLink("previous", url));
    return text("]");
  }

  public BundleText found(String fullUrl, StoredResource resource, String mode) {
    return found(fullUrl, resource.json(), mode);
  }

  public BundleText found(String fullUrl, byte[] resource, String mode) {
    return entry()
        .text("{\"fullUrl\":")
        .quoted(fullUrl)
        .text(",\"resource\":")
        .bytes(resource)
        .text(",\"search\":{\"mode\":\"" + mode + "\"}}");
  }

  /** What is to be said of the search itself. */
  public BundleText outcome(byte[] outcome) {
    return entry()
        .text("{\"resource\":")
        .bytes(outcome)
        .text(",\"search\":{\"mode\":\"outcome\"}}");
  }

  /**
   * One version of a history. Every version was put at its address, whichever way its id came
   * about, so that who repeats the requests has the same record.
   */
  public BundleText version(String fullUrl, StoredResource resource, View view) {
    entry().text("{\"fullUrl\":").quoted(fullUrl);
    if (!resource.deleted()) {
      text(",\"resource\":").bytes(view.of(resource));
    }
    var method = resource.deleted() ? "DELETE" : "PUT";
    var status = resource.deleted() ? 204 : resource.version() == 1 ? 201 : 200;
    return text(",\"request\":{\"method\":\"" + method + "\",\"url\":")
        .quoted(resource.key().reference())
        .text("},\"response\":{\"status\":\"" + status + "\",")
        .identity(resource.version(), resource.lastUpdated())
        .text("}}");
  }

  /** The answer to one entry of a transaction or batch. */
  public BundleText answered(Answer answer, String base) {
    entry().text("{");
    answer
        .body()
        .filter(body -> !answer.tellsOutcome())
        .ifPresent(body -> text("\"resource\":").bytes(body).text(","));
    text("\"response\":{\"status\":\"" + answer.status() + "\"");
    answer.location().ifPresent(location -> text(",\"location\":").quoted(base + "/" + location));
    if (answer.version().isPresent() && answer.lastUpdated().isPresent()) {
      text(",").identity(answer.version().get(), answer.lastUpdated().get());
    }
    answer
        .body()
        .filter(body -> answer.tellsOutcome())
        .ifPresent(body -> text(",\"outcome\":").bytes(body));
    return text("}}");
  }

  public byte[] end() {
    text(entries ? "]}" : "}");
    return out.toByteArray();
  }

  private BundleText identity(int version, Instant lastUpdated) {
    return text("\"etag\":\"W/\\\"" + version + "\\\"\",\"lastModified\":\"" + lastUpdated + "\"");
  }

  private BundleText entry() {
    text(entries ? "," : ",\"entry\":[");
    entries = true;
    return this;
  }

  private BundleText oneLink(String relation, String url) {
    return text("{\"relation\":\"" + relation + "\",\"url\":").quoted(url).text("}");
  }

  private BundleText quoted(String text) {
    return text("\"")
        .text(new String(JsonStringEncoder.getInstance().quoteAsString(text)))
        .text("\"");
  }

  private BundleText text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private BundleText bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }
}

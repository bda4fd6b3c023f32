package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One entry of a transaction, checked as far as it can be by itself.
 *
 * @param fullUrl by which other entries refer to it; empty when it has none
 */
public record TransactionEntry(int number, String fullUrl, Request request) {
  private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?([0-9]{1,9})\"?");

  /** What is asked for; {@code expected} is If-Match, 0 for If-None-Match with a star. */
  public sealed interface Request {}

  public record Put(ResourceKey key, ResourceDraft resource, Optional<Integer> expected)
      implements Request {}

  public record PutIf(
      ResourceType type, String criterion, ResourceDraft resource, Optional<Integer> expected)
      implements Request {}

  public record Post(ResourceDraft resource) implements Request {}

  public record PostIf(ResourceDraft resource, String criterion) implements Request {}

  public record Patch(ResourceKey key, Optional<Integer> expected, Change change)
      implements Request {}

  public record PatchIf(
      ResourceType type, String criterion, Optional<Integer> expected, Change change)
      implements Request {}

  public record Delete(ResourceKey key, Optional<Integer> expected) implements Request {}

  public record DeleteIf(ResourceType type, String criterion, Optional<Integer> expected)
      implements Request {}

  /** What a patch makes of the current version, which nobody else can change meanwhile. */
  public interface Change {
    ResourceJson of(StoredResource current);
  }

  /** Of a Bundle made here. */
  static List<TransactionEntry> of(Bundle bundle) {
    if (bundle.getType() != BundleType.TRANSACTION) {
      throw new HubException(
          ErrorCode.BUNDLE_NOT_TRANSACTION,
          "Bundle.type",
          bundle.hasType() ? bundle.getType().toCode() : "-");
    }
    return numbered(bundle.getEntry().stream().map(EntryText::of).toList());
  }

  private static List<TransactionEntry> numbered(List<EntryText> texts) {
    var entries = new ArrayList<TransactionEntry>(texts.size());
    for (var text : texts) {
      var number = entries.size();
      entries.add(new TransactionEntry(number, text.fullUrl(), request(text, number)));
    }
    return entries;
  }

  /**
   * @param tag {@code W/"3"}, or without the decoration
   */
  static Optional<Integer> version(String tag) {
    var match = VERSION.matcher(tag.trim());
    if (!match.matches()) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "If-Match", "If-Match", tag);
    }
    return Optional.of(Integer.valueOf(match.group(1)));
  }

  private static Request request(EntryText entry, int number) {
    var url = entry.url();
    var question = url.indexOf('?');
    var path = question < 0 ? url : url.substring(0, question);
    var criterion = question < 0 ? "" : url.substring(question + 1);
    var expected = entry.ifMatch().flatMap(TransactionEntry::version);
    return switch (entry.method()) {
      case "POST" -> post(entry, type(path, number), number);
      case "PUT" -> {
        if (criterion.isEmpty()) {
          var key = key(path, number);
          yield new Put(key, withId(resource(entry, key.type(), number), key), expected);
        }
        var type = type(path, number);
        yield new PutIf(type, criterion, resource(entry, type, number), expected);
      }
      case "DELETE" ->
          criterion.isEmpty()
              ? new Delete(key(path, number), expected)
              : new DeleteIf(type(path, number), criterion, expected);
      default -> throw invalid(number, "request.method " + entry.method());
    };
  }

  private static Request post(EntryText entry, ResourceType type, int number) {
    var resource = resource(entry, type, number);
    return entry
        .ifNoneExist()
        .filter(criterion -> !criterion.isBlank())
        .<Request>map(
            criterion -> new PostIf(resource, criterion.substring(criterion.indexOf('?') + 1)))
        .orElseGet(() -> new Post(resource));
  }

  private static ResourceDraft resource(EntryText entry, ResourceType type, int number) {
    var resource = entry.resource().orElseThrow(() -> invalid(number, "resource"));
    if (resource.type() != type) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED,
          "Bundle.entry[" + number + "].resource",
          resource.type(),
          type.name());
    }
    return resource;
  }

  private static ResourceDraft withId(ResourceDraft resource, ResourceKey key) {
    var own = resource.id();
    if (own.isPresent() && !own.get().startsWith("urn:") && !own.get().equals(key.id())) {
      throw new HubException(
          ErrorCode.RESOURCE_ID_MISMATCH, key.type() + ".id", own.get(), key.id());
    }
    resource.identify(key.id());
    return resource;
  }

  private static ResourceKey key(String path, int number) {
    var parts = path.split("/", -1);
    if (parts.length != 2 || !ResourceKey.isId(parts[1])) {
      throw invalid(number, "request.url");
    }
    return new ResourceKey(type(parts[0], number), parts[1]);
  }

  private static ResourceType type(String name, int number) {
    for (var type : ResourceType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw invalid(number, "request.url");
  }

  private static HubException invalid(int number, String what) {
    return new HubException(
        ErrorCode.BUNDLE_ENTRY_INVALID, "Bundle.entry[" + number + "]", number, what);
  }
}

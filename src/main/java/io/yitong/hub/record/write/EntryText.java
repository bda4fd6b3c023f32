package io.yitong.hub.record.write;

import io.yitong.hub.fhir.step.ResourceDraft;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/**
 * What an entry of a Bundle made here says.
 *
 * @param fullUrl empty when there is none
 * @param method empty when there is none
 * @param url empty when there is none
 */
record EntryText(
    String fullUrl,
    String method,
    String url,
    Optional<String> ifMatch,
    Optional<String> ifNoneExist,
    Optional<ResourceDraft> resource) {

  static EntryText of(BundleEntryComponent entry) {
    var request = entry.getRequest();
    return new EntryText(
        text(entry.getFullUrl()),
        request.hasMethod() ? request.getMethod().toCode() : "",
        text(request.getUrl()),
        Optional.ofNullable(request.getIfMatch()),
        Optional.ofNullable(request.getIfNoneExist()),
        Optional.ofNullable(entry.getResource()).map(ResourceDraft::of));
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}

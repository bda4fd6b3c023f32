package io.yitong.hub.document;

import io.yitong.hub.fhir.json.Splice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes a document Bundle (FHIR R4, 3.3.1) around resources as they are stored: identifier and
 * time of assembly, then the Composition, then what it refers to.
 */
final class DocumentText {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
  private boolean entries;

  /**
   * @param identifier a UUID of this document, never used for another
   */
  DocumentText(String identifier, Instant assembled) {
    text(
        """
        {"resourceType":"Bundle","identifier":{"system":"urn:ietf:rfc:3986","value":"urn:uuid:%s"},\
        "type":"document","timestamp":"%s","entry":["""
            .formatted(identifier, assembled));
  }

  DocumentText entry(String fullUrl, byte[] resource) {
    text(entries ? "," : "");
    entries = true;
    text("{\"fullUrl\":" + Splice.quoted(fullUrl) + ",\"resource\":");
    out.writeBytes(resource);
    return text("}");
  }

  byte[] end() {
    text("]}");
    return out.toByteArray();
  }

  private DocumentText text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }
}

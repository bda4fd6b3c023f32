package io.yitong.hub.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads and writes FHIR R4 JSON. The context is built once: it is the dearest object of the model
 * library.
 */
public final class FhirJson {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final int LONGEST_TOLD = 400;

  private FhirJson() {}

  public static FhirContext context() {
    return CONTEXT;
  }

  /**
   * @param json UTF-8
   * @throws HubException {@link ErrorCode#RESOURCE_MALFORMED} naming what is wrong
   */
  public static Resource parse(byte[] json) {
    try {
      var reader = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
      return (Resource) strictParser().parseResource(reader);
    } catch (DataFormatException | ClassCastException e) {
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", why(e));
    }
  }

  /** The library repeats the value it cannot read, whatever its length. */
  private static String why(RuntimeException unreadable) {
    var why = String.valueOf(unreadable.getMessage());
    return why.length() <= LONGEST_TOLD ? why : why.substring(0, LONGEST_TOLD) + "…";
  }

  public static <T extends Resource> T parse(byte[] json, Class<T> type) {
    var resource = parse(json);
    if (!type.isInstance(resource)) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED,
          "resourceType",
          resource.fhirType(),
          type.getSimpleName());
    }
    return type.cast(resource);
  }

  /** Compact JSON, UTF-8; element order is the model's, so equal resources give equal bytes. */
  public static byte[] write(Resource resource) {
    try {
      var out = new ByteArrayOutputStream(2048);
      var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      CONTEXT.newJsonParser().encodeResourceToWriter(resource, writer);
      writer.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IParser strictParser() {
    return CONTEXT.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
  }
}

package io.yitong.hub.api.patch;

import io.yitong.hub.api.answer.Body;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.write.TransactionEntry.Change;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import org.hl7.fhir.r4.model.ResourceType;

/** Patches in the two forms that are taken (FHIR R4, 3.1.0.8). */
public final class Patches {
  public static final String JSON_PATCH = "application/json-patch+json";

  private Patches() {}

  /**
   * The body of a PATCH request.
   *
   * @throws HubException CONTENT_TYPE_UNSUPPORTED, PATCH_MALFORMED
   */
  public static Change of(Body body) {
    return isJsonPatch(body.contentType())
        ? JsonPatch.parse(body.bytes())
        : FhirPathPatch.parse(ResourceJson.read(body.json()));
  }

  /**
   * The resource of a Bundle's entry: Parameters, or a Binary with a JSON Patch in it (FHIR R4,
   * 3.1.0.8).
   */
  public static Change of(ResourceJson resource) {
    if (resource.type() != ResourceType.Binary) {
      return FhirPathPatch.parse(resource);
    }
    var type = resource.root().value("contentType").orElse("-");
    if (!isJsonPatch(type)) {
      throw new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "Binary.contentType", type);
    }
    return JsonPatch.parse(
        Base64.getMimeDecoder().decode(resource.root().value("data").orElse("")));
  }

  private static boolean isJsonPatch(String contentType) {
    return Objects.requireNonNullElse(contentType, "")
        .toLowerCase(Locale.ROOT)
        .startsWith(JSON_PATCH);
  }
}

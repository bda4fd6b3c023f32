package io.yitong.hub.api.bulk;

import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.BoundedJson;
import io.yitong.hub.record.bulk.load.ImportOrder;
import io.yitong.hub.record.bulk.load.ImportOrder.Input;
import io.yitong.hub.record.bulk.load.ImportSources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Set;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;

/** Makes of Parameters which files are to be fetched and imported (the Bulk Import proposal). */
@ApplicationScoped
class ReadImportOrder {
  private static final Set<String> FORMATS =
      Set.of("application/fhir+ndjson", "application/ndjson", "application/x-ndjson", "ndjson");

  private final ImportSources sources;

  ReadImportOrder(ImportSources sources) {
    this.sources = sources;
  }

  static boolean isNdjson(String contentType) {
    var semicolon = contentType.indexOf(';');
    return FORMATS.contains(
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).trim());
  }

  ImportOrder read(byte[] body) {
    var inputs = new ArrayList<Input>();
    for (var parameter : FhirJson.parse(BoundedJson.check(body), Parameters.class).getParameter()) {
      switch (String.valueOf(parameter.getName())) {
        case "inputFormat" -> {
          if (!FORMATS.contains(text(parameter))) {
            throw invalid("inputFormat", text(parameter));
          }
        }
        case "inputSource" -> text(parameter); // says whose data it is; rights come of the token
        case "storageDetail" -> requireHttps(parameter);
        case "input" -> inputs.add(input(parameter));
        default -> throw invalid(parameter.getName(), "-");
      }
    }
    if (inputs.isEmpty()) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "input", "input");
    }
    return new ImportOrder(inputs);
  }

  private Input input(ParametersParameterComponent parameter) {
    String type = null;
    String url = null;
    for (var part : parameter.getPart()) {
      switch (String.valueOf(part.getName())) {
        case "type" -> type = ResourceNames.type(text(part)).name();
        case "url" -> url = text(part);
        default -> throw invalid("input." + part.getName(), "-");
      }
    }
    if (url == null) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "input.url", "input.url");
    }
    sources.check(url);
    return new Input(type, url);
  }

  private static void requireHttps(ParametersParameterComponent parameter) {
    for (var part : parameter.getPart()) {
      if (!"type".equals(part.getName()) || !text(part).equals("https")) {
        throw invalid("storageDetail", String.valueOf(part.getName()));
      }
    }
  }

  private static String text(ParametersParameterComponent parameter) {
    var value = parameter.hasValue() ? parameter.getValue().primitiveValue() : null;
    if (value == null) {
      throw invalid(parameter.getName(), "-");
    }
    return value;
  }

  private static HubException invalid(String name, String value) {
    return new HubException(ErrorCode.PARAMETER_INVALID, name, name, value);
  }
}

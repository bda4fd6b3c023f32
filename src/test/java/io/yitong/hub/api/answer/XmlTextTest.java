package io.yitong.hub.api.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.fhir.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTextTest {
  private static final String XSI = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
  private static final String SCHEMA = "schemaLocation=\"http://hl7.org/fhir fhir-all.xsd\"";

  private static String json(String xml) {
    return new String(XmlText.toJson(xml.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void the_root_may_say_where_its_schema_is() {
    assertThat(
            json(
                "<Patient xmlns=\"http://hl7.org/fhir\" %s xsi:%s><active value=\"true\"/></Patient>"
                    .formatted(XSI, SCHEMA)))
        .isEqualTo("{\"resourceType\":\"Patient\",\"active\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Patient xmlns=\"http://hl7.org/fhir\" %1$s><active xsi:%2$s value=\"true\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\" %1$s %2$s><active value=\"true\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\" %1$s xsi:nil=\"true\"><active value=\"true\"/></Patient>",
      })
  void no_other_attribute_is_taken(String xml) {
    assertThatThrownBy(() -> json(xml.formatted(XSI, SCHEMA)))
        .extracting("code")
        .isEqualTo(ErrorCode.RESOURCE_MALFORMED);
  }

  @Test
  void decimals_go_to_xml_and_back_as_they_are_written() {
    var observation =
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
            + "\"valueQuantity\":{\"value\":-1.000E+245}}";

    var xml = new String(XmlText.ofJson(observation.getBytes(UTF_8), false), UTF_8);

    assertThat(xml).contains("<value value=\"-1.000E+245\"");
    assertThat(json(xml)).isEqualTo(observation);
  }
}

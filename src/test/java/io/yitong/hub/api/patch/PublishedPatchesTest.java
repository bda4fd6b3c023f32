package io.yitong.hub.api.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.api.answer.XmlText;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.ResourceJson;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The cases that HL7 publishes for the patch formats. */
class PublishedPatchesTest {
  private static final String FOLDER = "/org/hl7/fhir/testcases/r4/patch/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param expected empty when the patch must be refused
   */
  record FhirCase(String name, String input, String patch, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  record JsonCase(String name, JsonNode document, JsonNode patch, JsonNode expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("fhirCases")
  void a_fhirpath_patch_does_what_its_case_says(FhirCase each) throws IOException {
    var resource = (ObjectNode) PatchTree.read(json(each.input()));
    var patch = FhirPathPatch.parse(ResourceJson.read(json(each.patch())));

    if (each.expected().isEmpty()) {
      assertThatThrownBy(() -> patch.apply(resource)).isInstanceOf(HubException.class);
    } else {
      patch.apply(resource);
      assertThat(JSON.readTree(resource.toString()))
          .isEqualTo(JSON.readTree(sameQuotes(json(each.expected()))));
    }
  }

  @ParameterizedTest
  @MethodSource("jsonCases")
  void a_json_patch_does_what_its_case_says(JsonCase each) {
    var patch = each.patch().toString().getBytes(StandardCharsets.UTF_8);

    if (each.expected() == null) {
      assertThatThrownBy(() -> JsonPatch.parse(patch).apply(each.document().deepCopy()))
          .isInstanceOf(HubException.class);
    } else {
      assertThat(JsonPatch.parse(patch).apply(each.document().deepCopy()))
          .isEqualTo(each.expected());
    }
  }

  @Test
  void none_of_the_cases_is_left_out() throws Exception {
    assertThat(fhirCases()).hasSize(33);
    assertThat(jsonCases()).hasSizeGreaterThan(10);
  }

  static List<FhirCase> fhirCases() throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    try (var file =
        PublishedPatchesTest.class.getResourceAsStream(FOLDER + "fhir-patch-tests.xml")) {
      var cases = factory.newDocumentBuilder().parse(file).getElementsByTagName("case");
      var found = new ArrayList<FhirCase>();
      for (var i = 0; i < cases.getLength(); i++) {
        var each = (Element) cases.item(i);
        found.add(
            new FhirCase(
                each.getAttribute("name"),
                resource(each, "input"),
                resource(each, "diff"),
                each.getElementsByTagName("error").getLength() > 0
                    ? ""
                    : resource(each, "output")));
      }
      return found;
    }
  }

  static Stream<JsonCase> jsonCases() throws IOException {
    try (var file =
        PublishedPatchesTest.class.getResourceAsStream(FOLDER + "json-patch-tests.json")) {
      return StreamSupport.stream(JSON.readTree(file).spliterator(), false)
          .map(
              each ->
                  new JsonCase(
                      each.path("comment").asText(),
                      each.get("doc"),
                      each.get("patch"),
                      each.get("expected")))
          .toList()
          .stream();
    }
  }

  private static String resource(Element of, String name) throws Exception {
    var children = of.getElementsByTagName(name).item(0).getChildNodes();
    var element =
        IntStream.range(0, children.getLength())
            .mapToObj(children::item)
            .filter(child -> child.getNodeType() == Node.ELEMENT_NODE)
            .findFirst()
            .orElseThrow();
    var text = new StringWriter();
    var transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.transform(new DOMSource(element), new StreamResult(text));
    return text.toString();
  }

  /** In the text of XHTML a quotation mark may be written either way. */
  private static String sameQuotes(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).replace("&quot;", "\\\"");
  }

  private static byte[] json(String xml) {
    return XmlText.toJson(xml.getBytes(StandardCharsets.UTF_8));
  }
}

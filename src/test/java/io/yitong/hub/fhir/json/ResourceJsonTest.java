package io.yitong.hub.fhir.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");

  private static ResourceJson read(String json) {
    return ResourceJson.read(json.getBytes(UTF_8));
  }

  private static HubException refusal(String json) {
    return catchThrowableOfType(HubException.class, () -> read(json));
  }

  private static String stored(String json, String id) {
    var resource = read(json);
    var parts = resource.identified(new ResourceKey(resource.type(), id));
    return new String(parts.with(3, NOW, "urn:yitong:client:his"), UTF_8);
  }

  @Test
  void elements_know_their_type_name_and_place() {
    var json =
        """
        {"resourceType":"Observation","status":"final","code":{"text":"K"},
         "component":[{"code":{"text":"a"}},{"code":{"text":"b"},"valueQuantity":{"value":5.40,"unit":"mmol/L"}}]}
        """;
    var observation = read(json);

    var value = observation.root().children("component").get(1).child("value").orElseThrow();

    assertThat(value.type()).isEqualTo("Quantity");
    assertThat(value.path()).isEqualTo("Observation.component[1].valueQuantity");
    assertThat(value.value("value")).contains("5.40");
    assertThat(json.substring(value.start(), value.end()))
        .isEqualTo("{\"value\":5.40,\"unit\":\"mmol/L\"}");
    assertThat(observation.root().children("component").get(0).type()).isEqualTo("BackboneElement");
  }

  @Test
  void a_model_keeps_the_text_of_decimals() {
    var numbers =
        List.of(
            "1E-22", "-1.000000000000000000E+245", "1.50e3", "5.40", "-0", "1000000000000000000");
    var json =
        numbers.stream()
            .map(
                number ->
                    "{\"code\":{\"text\":\"2E5\"},\"valueQuantity\":{\"value\":" + number + "}}")
            .collect(
                joining(
                    ",",
                    "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"1E5\"},\"component\":[",
                    "]}"));

    assertThat(new String(ResourceJson.of(read(json).model()).bytes(), UTF_8)).isEqualTo(json);
  }

  @Test
  void what_is_stored_is_what_was_sent_with_id_and_meta_put_in() {
    assertThat(stored("{ \"resourceType\" : \"Patient\",\n  \"active\" : true }", "p1"))
        .isEqualTo(
            "{ \"resourceType\" : \"Patient\",\"id\":\"p1\",\"meta\":{\"versionId\":\"3\","
                + "\"lastUpdated\":\"2026-11-22T12:00:00.123Z\",\"source\":\"urn:yitong:client:his\"},"
                + "\n  \"active\" : true }");
  }

  @Test
  void an_id_and_a_meta_that_were_sent_are_replaced_in_place() {
    assertThat(
            stored(
                "{\"id\":\"x\",\"resourceType\":\"Patient\",\"active\":true,\"meta\":{\"versionId\":\"9\","
                    + " \"profile\" : [ \"http://p\" ] ,\"source\":\"http://s\"}}",
                "p1"))
        .isEqualTo(
            "{\"id\":\"p1\",\"resourceType\":\"Patient\",\"active\":true,\"meta\":{\"versionId\":\"3\","
                + "\"lastUpdated\":\"2026-11-22T12:00:00.123Z\",\"source\":\"http://s\","
                + "\"profile\" : [ \"http://p\" ]}}");
  }

  @Test
  void the_same_content_has_the_same_digest_whatever_its_version() {
    var key = new ResourceKey(ResourceType.Patient, "p1");
    var first = read("{\"resourceType\":\"Patient\",\"active\":true}").identified(key);
    var again = read(stored("{\"resourceType\":\"Patient\",\"active\":true}", "p1"));
    var other = read("{\"resourceType\":\"Patient\",\"active\":false}").identified(key);

    assertThat(again.identified(key).digest()).isEqualTo(first.digest());
    assertThat(other.digest()).isNotEqualTo(first.digest());
  }

  @Test
  void a_replaced_reference_is_replaced_in_the_tree_and_in_the_bytes_alone() {
    var observation =
        read(
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"K\"},"
                + "\"subject\":{ \"reference\" :\"urn:uuid:1\",\"display\":\"\\u738b\"}}");

    observation.eachReference(reference -> observation.replace(reference, "Patient/1"));

    assertThat(new String(observation.bytes(), UTF_8))
        .isEqualTo(
            "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"K\"},"
                + "\"subject\":{ \"reference\" :\"Patient/1\",\"display\":\"\\u738b\"}}");
    assertThat(observation.references()).containsExactly("Patient/1");
  }

  @Test
  void extensions_of_primitives_stand_under_the_primitive() {
    var patient =
        read(
            """
            {"resourceType":"Patient","_birthDate":{"extension":[{"url":"http://x","valueString":"1970?"}]},
             "name":[{"given":["A",null],"_given":[null,{"id":"b"}]}]}
            """);

    assertThat(patient.root().child("birthDate").orElseThrow().value()).isEmpty();
    assertThat(patient.root().child("birthDate").orElseThrow().children("extension")).hasSize(1);
    assertThat(patient.root().child("name").orElseThrow().children("given"))
        .extracting(given -> given.value().orElse("-") + given.value("id").orElse("-"))
        .containsExactly("A-", "-b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'resourceType':'Patient','nmae':[]}|ELEMENT_UNKNOWN|Patient.nmae",
        "{'resourceType':'Patient','active':'yes'}|ELEMENT_SHAPE_WRONG|Patient.active",
        "{'resourceType':'Patient','name':{'family':'A'}}|ELEMENT_SHAPE_WRONG|Patient.name",
        "{'resourceType':'Patient','birthDate':['2026']}|ELEMENT_SHAPE_WRONG|Patient.birthDate",
        "{'resourceType':'Patient','name':[]}|ELEMENT_SHAPE_WRONG|Patient.name",
        "{'resourceType':'Patient','active':null}|ELEMENT_SHAPE_WRONG|Patient.active",
        "{'resourceType':'Patient','maritalStatus':{}}|ELEMENT_SHAPE_WRONG|Patient.maritalStatus",
        "{'resourceType':'Patient','birthDate':'2026-02-30'}|ELEMENT_VALUE_INVALID|Patient.birthDate",
        "{'resourceType':'Patient','birthDate':'12/03/2026'}|ELEMENT_VALUE_INVALID|Patient.birthDate",
        "{'resourceType':'Patient','gender':'m'}|CODE_NOT_BOUND|Patient.gender",
        "{'resourceType':'Patient','id':'a/b'}|ELEMENT_VALUE_INVALID|Patient.id",
        "{'resourceType':'Patient','multipleBirthInteger':1.5}|ELEMENT_VALUE_INVALID|Patient.multipleBirthInteger",
        "{'resourceType':'Patient','deceasedBoolean':true,'deceasedDateTime':'2026'}|ELEMENT_CHOSEN_TWICE|Patient.deceasedDateTime",
        "{'resourceType':'Patient','managingOrganization':{'reference':'Patient/1'}}|REFERENCE_TARGET_WRONG|Patient.managingOrganization.reference",
        "{'resourceType':'Patient','name':[{'given':[null]}]}|ELEMENT_SHAPE_WRONG|Patient.name[0].given[0]",
        "{'resourceType':'Patient','contained':[{'id':'1'}]}|ELEMENT_MISSING|Patient.contained[0].resourceType",
        "{'resourceType':'Patient','contained':[{'resourceType':'Organization','nmae':1}]}|ELEMENT_UNKNOWN|Patient.contained[0].nmae",
        "{'resourceType':'Patient','text':{'status':'generated','div':'<div><script>x</script></div>'}}|ELEMENT_VALUE_INVALID|Patient.text.div",
        "{'resourceType':'Observation','code':{'text':'K'}}|ELEMENT_MISSING|Observation.status",
        "{'resourceType':'Observation','status':'final'}|ELEMENT_MISSING|Observation.code",
        "{'resourceType':'Pateint'}|ELEMENT_VALUE_INVALID|resourceType",
        "{'active':true}|ELEMENT_MISSING|resourceType",
        "{'resourceType':'Patient','active':true,'active':false}|RESOURCE_MALFORMED|``",
        "{'resourceType':'Patient'|RESOURCE_MALFORMED|``",
        "[]|RESOURCE_MALFORMED|``",
        "{'resourceType':'Patient'} x|RESOURCE_MALFORMED|``",
        "``|RESOURCE_MALFORMED|``"
      })
  void what_is_wrong_is_told_with_its_path(String json, ErrorCode code, String path) {
    var refusal = refusal(json.replace('\'', '"'));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.where()).isEqualTo(path);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_line() {
    var refusal =
        refusal(
            """
            {"resourceType":"Patient",
             "nmae":[{"family":"A"}],
             "gender":"m",

             "birthDate":"2026-13-01"}
            """);

    assertThat(Stream.concat(Stream.of(refusal), refusal.further().stream()))
        .extracting(each -> each.where() + " " + each.arguments().get(1))
        .containsExactly("Patient.nmae 2", "Patient.gender 3", "Patient.birthDate 5");
  }

  @Test
  void invalid_utf8_is_refused() {
    var bytes = "{\"resourceType\":\"Patient\",\"id\":\"?\"}".getBytes(UTF_8);
    bytes[bytes.length - 3] = (byte) 0xC3;

    var refusal = catchThrowableOfType(HubException.class, () -> ResourceJson.read(bytes));

    assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_MALFORMED);
  }

  @Test
  void nesting_has_an_end() {
    var deep = "{\"resourceType\":\"Questionnaire\",\"item\":[".repeat(1);
    var bomb = deep + "{\"item\":[".repeat(5000) + "]}".repeat(5000) + "]}";

    assertThat(refusal(bomb).code()).isEqualTo(ErrorCode.RESOURCE_MALFORMED);
  }

  @Test
  void a_resource_of_the_model_is_read_from_what_the_library_writes() {
    var patient = new Patient();
    patient.addName().setFamily("王");

    var json = ResourceJson.of(patient);

    assertThat(json.root().child("name").orElseThrow().value("family")).contains("王");
    assertThat(json.model().equalsDeep(patient)).isTrue();
  }

  @Test
  void the_resource_of_an_entry_shares_the_bundles_bytes() {
    var bundle =
        read(
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"fullUrl\":\"urn:uuid:1\","
                + "\"resource\":{ \"resourceType\":\"Patient\",\"active\":true}}]}");
    var entry = bundle.root().child("entry").flatMap(e -> e.child("resource")).orElseThrow();

    var patient = bundle.part(entry);

    assertThat(new String(patient.bytes(), UTF_8))
        .isEqualTo("{ \"resourceType\":\"Patient\",\"active\":true}");
    assertThat(
            new String(
                patient.identified(new ResourceKey(ResourceType.Patient, "p")).with(1, NOW, ""),
                UTF_8))
        .isEqualTo(
            "{ \"resourceType\":\"Patient\",\"id\":\"p\",\"meta\":{\"versionId\":\"1\","
                + "\"lastUpdated\":\"2026-11-22T12:00:00.123Z\"},\"active\":true}");
  }
}

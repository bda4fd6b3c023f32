package io.yitong.hub.api.diff;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.record.Fixtures;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CompareResourcesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Patches one into the other through the API itself, both ways. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'birthDate':'1970-05-17' | 'birthDate':'1970-05-18'",
        "'birthDate':'1970-05-17' | 'gender':'male'",
        "'name':[{'family':'王','given':['瑋','明']}] | 'name':[{'family':'李','given':['明']}]",
        "'name':[{'family':'王'}] | 'name':[{'text':'王瑋'}]",
        "'name':[{'text':'a'},{'text':'b'},{'text':'c'}] | 'name':[{'text':'a'},{'text':'x'},{'text':'y'},{'text':'c'}]",
        "'name':[{'text':'a'},{'text':'b'},{'text':'c'},{'text':'d'}] | 'name':[{'text':'c'},{'text':'d'}]",
        "'deceasedBoolean':false | 'deceasedDateTime':'2026-01-01'",
        "'birthDate':'1970' | 'birthDate':'1970','_birthDate':{'extension':[{'url':'http://e.org/x','valueString':'y'}]}",
        "'birthDate':'1970','_birthDate':{'extension':[{'url':'http://e.org/x','valueString':'y'}]} | 'birthDate':'1971','_birthDate':{'extension':[{'url':'http://e.org/x','valueString':'z'}]}",
        "'active':true | 'active':true,'communication':[{'language':{'text':'普通话'},'preferred':true}]",
        "'communication':[{'language':{'text':'a'},'preferred':true}] | 'communication':[{'language':{'text':'b'}}]",
        "'active':true | 'active':true,'text':{'status':'generated','div':'<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">x</div>'}",
        "'active':true | 'active':true,'extension':[{'url':'http://e.org/a','valueQuantity':{'value':1.20,'unit':'m'}}]",
        "'active':true | 'active':true,'contained':[{'resourceType':'Organization','id':'o','name':'x'}],'generalPractitioner':[{'reference':'#o'}]",
        "'contact':[{'name':{'text':'a'},'telecom':[{'value':'1'}]}] | 'contact':[{'name':{'text':'a'},'telecom':[{'value':'2'},{'value':'3'}]}]",
      })
  void the_patch_makes_one_of_the_other(String one, String other) throws IOException {
    for (var pair : new String[][] {{one, other}, {other, one}}) {
      var from = put(pair[0]);
      var to = put(pair[1]);

      var patch =
          hospital()
              .get("/fhir/$diff?from=" + from + "&to=" + to)
              .then()
              .statusCode(200)
              .body("resourceType", equalTo("Parameters"))
              .extract()
              .asString();
      hospital().body(patch).patch("/fhir/" + from).then().statusCode(200);

      assertThat(content(from)).isEqualTo(content(to));
    }
  }

  @Test
  void versions_are_compared_by_their_numbers_and_equal_ones_differ_in_nothing() {
    var id = Fixtures.randomId();
    put(id, "'gender':'male'");
    put(id, "'gender':'female'");
    put(id, "'gender':'female','active':true");
    var address = "/fhir/Patient/" + id + "/$diff";

    hospital()
        .get(address)
        .then()
        .body("parameter.size()", equalTo(1))
        .body("parameter[0].part.find { it.name == 'type' }.valueCode", equalTo("add"))
        .body("parameter[0].part.find { it.name == 'name' }.valueString", equalTo("active"));
    hospital()
        .get(address + "?fromVersion=1&toVersion=2")
        .then()
        .body("parameter.size()", equalTo(1))
        .body("parameter[0].part.find { it.name == 'path' }.valueString", equalTo("Patient.gender"))
        .body("parameter[0].part.find { it.name == 'value' }.valueCode", equalTo("female"));
    hospital().get(address + "?fromVersion=3&toVersion=3").then().body("parameter", nullValue());
  }

  @Test
  void nobody_compares_what_he_may_not_read() {
    var patient = put("'active':true");

    fuling().get("/fhir/" + patient + "/$diff?fromVersion=1").then().statusCode(403);
    fuling().get("/fhir/$diff?from=" + patient + "&to=" + patient).then().statusCode(403);
    hospital()
        .get("/fhir/$diff?from=" + patient + "&to=Patient/" + Fixtures.randomId())
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @CsvSource({
    "from=Patient/1, to",
    "to=Patient/1&from=Patient, from",
    "from=Patient/1&to=Patient/2&colour=red, colour",
  })
  void what_is_missing_or_not_understood_is_refused_by_name(String query, String name) {
    var patient = put("'active':true");
    hospital()
        .get("/fhir/$diff?" + query.replace("Patient/1", patient))
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo(name));
  }

  private static String put(String members) {
    return put(Fixtures.randomId(), members);
  }

  /** A Patient tagged as one that no profile has a say in. */
  private static String put(String id, String members) {
    hospital()
        .body(
            """
            {"resourceType":"Patient","id":"%s",
             "meta":{"tag":[{"system":"urn:yitong:test:anything","code":"diff"}]},%s}\
            """
                .formatted(id, members.replace('\'', '"')))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(oneOf(200, 201));
    return "Patient/" + id;
  }

  private static JsonNode content(String reference) throws IOException {
    var json = (ObjectNode) JSON.readTree(hospital().get("/fhir/" + reference).asByteArray());
    json.remove("id");
    json.remove("meta");
    return json;
  }
}

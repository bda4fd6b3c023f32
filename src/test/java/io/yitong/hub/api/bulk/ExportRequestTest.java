package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.api.Clients;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an export is asked for, fetched and called off. */
@QuarkusTest
class ExportRequestTest {
  private final BulkClient client = new BulkClient(Clients::hospital);

  @Test
  void a_download_goes_on_where_it_broke_off() {
    put("Patient", patient(randomId()));
    var manifest = client.manifest(client.async().get("/fhir/$export?_type=Patient"));
    var url = manifest.getString("output[0].url");
    var file = url.substring(url.indexOf("/fhir/"));
    var whole = hospital().get(file).asByteArray();

    var rest = hospital().header("Range", "bytes=10-").get(file);

    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.header("Content-Range"))
        .isEqualTo("bytes 10-%d/%d".formatted(whole.length - 1, whole.length));
    assertThat(rest.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, 10, whole.length));
    hospital().header("Range", "bytes=" + whole.length + "-").get(file).then().statusCode(416);
  }

  @Test
  void a_cancelled_export_is_gone() {
    put("Patient", patient(randomId()));
    var status = BulkClient.statusOf(client.async().get("/fhir/$export?_type=Patient"));
    var url = client.finished(status).jsonPath().getString("output[0].url");

    hospital().delete(status).then().statusCode(202);

    hospital().get(status).then().statusCode(404);
    hospital().get(url.substring(url.indexOf("/fhir/"))).then().statusCode(404);
    hospital().delete(status).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_outputFormat=application/fhir%2Bxml",
        "_type=Nonsense",
        "_type=Binary",
        "_since=yesterday",
        "_elements=id",
        "includeAssociatedData=LatestProvenanceResources",
        "_typeFilter=Observation%3Fnonsense%3D1",
        "_type=Patient&_typeFilter=Observation%3Fcode%3D1",
        "_typeFilter=Observation%3Fcode%3D1%26_sort%3Ddate",
        "_typeFilter=code%3D1",
        "nonsense=1"
      })
  void what_cannot_be_done_as_asked_is_refused(String query) {
    client.async().get("/fhir/$export?" + query).then().statusCode(400);
  }

  @Test
  void a_lenient_client_is_told_what_was_ignored() {
    put("Patient", patient(randomId()));
    var manifest =
        client.manifest(
            hospital()
                .header("Prefer", "respond-async, handling=lenient")
                .get("/fhir/$export?_type=Patient&_elements=id"));

    assertThat(client.lines(manifest, "error", "OperationOutcome"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("_elements", "warning"));
  }

  @Test
  void nothing_bulky_is_done_while_the_client_waits() {
    hospital()
        .get("/fhir/$export")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("bulk-not-async"));
  }

  @Test
  void the_dollar_sign_may_come_percent_encoded() {
    client.async().get("/fhir/%24export?_type=Organization").then().statusCode(202);
    client.async().get("/fhir/Patient/%24export?_type=Patient").then().statusCode(202);
  }
}

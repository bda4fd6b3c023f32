package io.yitong.hub.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.testing.TestIssuer;
import jakarta.ws.rs.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every address of the hub leaves one row, whatever it answers; the console's have a test there.
 */
@QuarkusTest
class EveryRouteTest {
  /** Method of the endpoint, what to send, content type, body. */
  private static final String ROUTES =
      """
      ReadEndpoint.read             | GET /fhir/Patient/nobody
      ReadEndpoint.vread            | GET /fhir/Patient/nobody/_history/1
      HistoryEndpoint.ofInstance    | GET /fhir/Patient/nobody/_history
      HistoryEndpoint.ofType        | GET /fhir/Patient/_history
      HistoryEndpoint.ofSystem      | GET /fhir/_history
      SearchEndpoint.everything         | GET /fhir?_type=Patient&_id=nobody
      SearchEndpoint.everythingByForm   | POST /fhir/_search | application/x-www-form-urlencoded | _type=Patient&_id=nobody
      SearchEndpoint.type           | GET /fhir/Observation?patient=nobody
      SearchEndpoint.typeByForm     | POST /fhir/Observation/_search | application/x-www-form-urlencoded | patient=nobody
      SearchEndpoint.compartment    | GET /fhir/Patient/nobody/Observation
      SearchEndpoint.compartmentByForm | POST /fhir/Patient/nobody/Observation/_search | application/x-www-form-urlencoded | code=1
      WriteEndpoint.create          | POST /fhir/Observation | application/fhir+json | {}
      WriteEndpoint.update          | PUT /fhir/Observation/nobody | application/fhir+json | {}
      WriteEndpoint.updateWhere     | PUT /fhir/Observation?_id=nobody | application/fhir+json | {}
      WriteEndpoint.patch           | PATCH /fhir/Observation/nobody | application/json-patch+json | []
      WriteEndpoint.patchWhere      | PATCH /fhir/Observation?_id=nobody | application/json-patch+json | []
      WriteEndpoint.delete          | DELETE /fhir/Observation/nobody
      WriteEndpoint.deleteWhere     | DELETE /fhir/Observation?_id=nobody
      SystemEndpoint.bundle         | POST /fhir | application/fhir+json | {"resourceType":"Bundle","type":"transaction"}
      OperationEndpoint.get         | GET /fhir/$none
      OperationEndpoint.getOnType   | GET /fhir/Observation/$lastn?patient=nobody
      OperationEndpoint.getOnInstance | GET /fhir/Patient/nobody/$everything
      OperationEndpoint.post        | POST /fhir/$none | application/fhir+json | {"resourceType":"Parameters"}
      OperationEndpoint.postOnType  | POST /fhir/Patient/$match | application/fhir+json | {"resourceType":"Parameters"}
      OperationEndpoint.postOnInstance | POST /fhir/Patient/nobody/$everything | application/fhir+json | {"resourceType":"Parameters"}
      ExportEndpoint.system         | GET /fhir/$export
      ExportEndpoint.system   | POST /fhir/$export | application/fhir+json | {}
      ExportEndpoint.patients       | GET /fhir/Patient/$export
      ExportEndpoint.patients | POST /fhir/Patient/$export | application/fhir+json | {}
      ExportEndpoint.group          | GET /fhir/Group/nobody/$export
      ExportEndpoint.group    | POST /fhir/Group/nobody/$export | application/fhir+json | {}
      ImportEndpoint.begin          | POST /fhir/$import | application/fhir+json | {}
      ReindexEndpoint.begin         | POST /fhir/$reindex
      JobEndpoint.all              | GET /fhir/bulk
      JobEndpoint.status            | GET /fhir/bulk/00000000-0000-0000-0000-000000000000
      JobEndpoint.cancel            | DELETE /fhir/bulk/00000000-0000-0000-0000-000000000000
      JobEndpoint.file              | GET /fhir/bulk/00000000-0000-0000-0000-000000000000/a.ndjson
      AuditEventResource.search     | GET /fhir/AuditEvent?_count=1
      AuditEventResource.searchByForm | POST /fhir/AuditEvent/_search | application/x-www-form-urlencoded | _count=1
      AuditEventResource.read       | GET /fhir/AuditEvent/1-1
      QualityResource.eqa           | POST /quality/eqa | text/csv | laboratory
      QualityResource.iqc           | POST /quality/iqc | text/csv | laboratory
      CdsServicesResource.hook      | POST /cds-services/none | application/json | {}
      CdsServicesResource.feedback  | POST /cds-services/none/feedback | application/json | {}
      FeedsResource.feeds           | GET /feeds
      FeedsResource.messages        | GET /feeds/a/b/messages
      FeedsResource.replay          | POST /feeds/messages/1/replay
      """;

  /** They say nothing of anybody. */
  private static final List<String> OPEN =
      List.of(
          "SystemEndpoint.capabilities",
          "SmartConfigurationResource.get",
          "SmartConfigurationResource$BelowFhirBase.get",
          "CdsServicesResource.discover");

  private final AuditRows rows;

  EveryRouteTest(AuditRows rows) {
    this.rows = rows;
  }

  record Route(String endpoint, String method, String path, String type, String body) {
    static Route parse(String line) {
      var cells = Arrays.stream(line.split("\\|", 4)).map(String::strip).toList();
      var request = cells.get(1).split(" ", 2);
      return new Route(
          cells.get(0),
          request[0],
          request[1],
          cells.size() > 2 ? cells.get(2) : "",
          cells.size() > 3 ? cells.get(3) : "");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Route> routes() {
    return ROUTES.lines().map(Route::parse).toList();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void each_leaves_one_row(Route route) {
    for (var token :
        List.of(
            token("chongqing-his", "hospital"),
            token("operator", "operator"),
            token("privacy-officer", "privacy-officer"),
            token("regulator", "regulator"),
            "none")) {
      var call = UUID.randomUUID().toString();

      var status = send(route, token, call);

      assertThat(rows.interactions(call))
          .as("%s answered %d to %s", route, status, token.length() > 4 ? "a token" : "no token")
          .filteredOn(row -> !row.contains("-end ")) // of a job, when it is done
          .hasSize(1);
    }
  }

  @Test
  void the_table_has_every_endpoint() {
    var known = routes().stream().map(Route::endpoint).toList();

    assertThat(endpoints())
        .containsExactlyInAnyOrderElementsOf(Stream.concat(known.stream(), OPEN.stream()).toList());
  }

  private static int send(Route route, String token, String call) {
    var request =
        given()
            .urlEncodingEnabled(false)
            .header("X-Correlation-Id", call)
            .header("Prefer", "respond-async")
            .header("Authorization", "Bearer " + token);
    if (!route.type().isEmpty()) {
      request.header("Content-Type", route.type()).body(route.body());
    }
    return request.request(route.method(), route.path().replace("$", "%24")).statusCode();
  }

  private static String token(String client, String role) {
    var institution =
        role.equals("hospital") ? "urn:yitong:institution:500106-university-hospital" : null;
    return TestIssuer.token(client, institution, "system/*.cruds", role);
  }

  private static List<String> endpoints() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.yitong.hub")
            .stream()
            .filter(type -> type.isAnnotatedWith("jakarta.ws.rs.Path"))
            .filter(type -> !type.getPackageName().endsWith(".console"))
            .flatMap(type -> type.getMethods().stream())
            .filter(EveryRouteTest::isRoute)
            .map(method -> name(method.getOwner()) + "." + method.getName())
            .toList();
  }

  private static boolean isRoute(JavaMethod method) {
    return method.getAnnotations().stream()
        .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class));
  }

  private static String name(JavaClass type) {
    return type.getName().substring(type.getPackageName().length() + 1);
  }
}

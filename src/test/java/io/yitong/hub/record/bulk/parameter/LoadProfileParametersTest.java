package io.yitong.hub.record.bulk.parameter;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.HubException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class LoadProfileParametersTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Inject LoadProfileParameters load;

  @Test
  void what_comes_with_the_profiles_is_offered_until_it_no_longer_comes(@TempDir Path folder)
      throws IOException {
    var code = "x-" + randomId();
    var file = write(folder, code, "Device.lotNumber");

    load.load(folder);
    load.load(folder); // another process starts

    var search = "/fhir/Device?" + code + "=1";
    await().atMost(LONG).until(() -> hospital().get(search).statusCode() == 200);
    Files.delete(file);
    load.load(folder);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                hospital()
                    .get(search)
                    .then()
                    .statusCode(400)
                    .body("issue[0].details.coding[0].code", equalTo("search-parameter-unknown")));
  }

  @Test
  void one_that_cannot_be_offered_stops_the_start(@TempDir Path folder) throws IOException {
    write(folder, "x-" + randomId(), "Device.nonsense");

    assertThatThrownBy(() -> load.load(folder))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Device has no such element");
  }

  private static Path write(Path folder, String code, String expression) throws IOException {
    return Files.writeString(
        folder.resolve("SearchParameter-" + code + ".json"),
        """
        {"resourceType":"SearchParameter","id":"%1$s","url":"https://example.org/SearchParameter/%1$s","name":"Test",
         "status":"active","description":"For a test","code":"%1$s","base":["Device"],"type":"string","expression":"%2$s"}\
        """
            .formatted(code, expression));
  }
}

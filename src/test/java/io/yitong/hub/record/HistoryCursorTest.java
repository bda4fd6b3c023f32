package io.yitong.hub.record;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.HistoryQuery.OfInstance;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HistoryCursorTest {
  @Inject WriteResources write;
  @Inject ReadHistory history;

  private String twice() {
    var id = randomId();
    write.put(patient(id), Optional.empty(), through(HOSPITAL));
    write.put(patient(id).setActive(true), Optional.empty(), through(HOSPITAL));
    return id;
  }

  private HistoryPage page(String id, Optional<String> cursor) {
    return history.page(
        new HistoryQuery(
            new OfInstance(new ResourceKey(ResourceType.Patient, id)),
            Optional.empty(),
            Optional.empty(),
            1,
            cursor),
        ReadFilter.everything());
  }

  @Test
  void a_cursor_leads_on_in_its_own_history() {
    var id = twice();

    var next = page(id, Optional.empty()).next();

    assertThat(page(id, next).versions()).extracting(StoredResource::version).containsExactly(1);
  }

  @Test
  void nobody_makes_one_up_or_takes_it_to_another() {
    var id = twice();
    var cursor = page(id, Optional.empty()).next().orElseThrow();
    var signature = cursor.substring(cursor.indexOf('.'));

    refused(twice(), cursor);
    refused(id, "MjAyNi0wMS0wMVQwMDowMDowMFosMSwx" + signature);
    refused(id, cursor.substring(0, cursor.indexOf('.')));
    refused(id, "");
    refused(id, cursor + "x");
  }

  private void refused(String id, String cursor) {
    assertThatThrownBy(() -> page(id, Optional.of(cursor)))
        .extracting("code")
        .isEqualTo(ErrorCode.PARAMETER_INVALID);
  }
}

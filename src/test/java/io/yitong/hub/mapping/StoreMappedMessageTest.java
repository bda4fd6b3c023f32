package io.yitong.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.mapping.hl7v2.Hl7Message;
import io.yitong.hub.mapping.hl7v2.MapHl7Message;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoreMappedMessageTest {
  @Inject WriteResources write;
  @Inject ReadResource read;

  @Test
  void a_stored_result_has_loinc_and_ucum_beside_what_the_laboratory_wrote() {
    // Given
    var transaction = mapped("JY" + UUID.randomUUID());

    // When
    var written = write(transaction);

    // Then
    var alt = observation(written);
    assertThat(alt.getCode().getCoding())
        .extracting(Coding::getSystem)
        .containsExactly(
            "urn:yitong:institution:511623-people-hospital:lab-code", NamingSystems.LOINC);
    assertThat(alt.getCode().getCoding().get(1).getCode()).isEqualTo("1742-6");
    assertThat(alt.getValueQuantity().getUnit()).isEqualTo("IU/L");
    assertThat(alt.getValueQuantity().getCode()).isEqualTo("U/L");
  }

  @Test
  void the_same_message_mapped_and_stored_again_changes_nothing() {
    // Given
    var report = "JY" + UUID.randomUUID();
    write(mapped(report));

    // When
    var again = write(mapped(report));

    // Then
    assertThat(again).extracting(Written::effect).containsOnly(Effect.UNCHANGED);
  }

  private static Bundle mapped(String report) {
    var text =
        """
        MSH|^~\\&|LIS|LSRMYY|YITONG|HUB|20260301110230||ORU^R01|%1$s|P|2.4
        PID|1||N%1$s||王^瑋||19850314|M
        OBR|1||%1$s|LIVER^肝功能|||20260301082000|||||||||||||||20260301110200||CH|F
        OBX|1|NM|ALT^丙氨酸氨基转移酶||86|IU/L|9-50|H|||F
        """
            .formatted(report);
    var message = Hl7Message.parse(text);
    var source = "urn:uuid:" + UUID.nameUUIDFromBytes(report.getBytes(StandardCharsets.UTF_8));
    var mapped = new MapHl7Message().map(message, Dialects.PEOPLES_HOSPITAL, source);
    return ((Mapped.Success) mapped).transaction();
  }

  private List<Written> write(Bundle transaction) {
    var institution = Optional.of(Dialects.PEOPLES_HOSPITAL.institution());
    var caller = Caller.hub("test", CorrelationId.random());
    return write.transaction(
        transaction, new WriteContext(caller, institution, Optional.empty(), "urn:test:mapping"));
  }

  private Observation observation(List<Written> written) {
    var key =
        written.stream()
            .map(Written::key)
            .filter(each -> each.type() == ResourceType.Observation)
            .findFirst()
            .orElseThrow();
    return read.current(key, ReadFilter.everything()).orElseThrow().as(Observation.class);
  }
}

package io.yitong.hub.record.write;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.OTHER_HOSPITAL;
import static io.yitong.hub.record.Fixtures.asOf;
import static io.yitong.hub.record.Fixtures.encounter;
import static io.yitong.hub.record.Fixtures.observation;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.putting;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static io.yitong.hub.record.Fixtures.through;
import static io.yitong.hub.record.Fixtures.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.record.PersonLinks;
import io.yitong.hub.record.ReadHistory;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WriteResourcesTest {
  private static final ReadFilter EVERYTHING = ReadFilter.everything();

  @Inject WriteResources write;
  @Inject ReadResource read;
  @Inject ReadHistory history;
  @Inject PersonLinks links;

  @Test
  void a_put_of_a_new_id_creates_version_one_with_id_and_meta_in_its_bytes() {
    var patient = patient(randomId());

    var written = write.put(patient, Optional.empty(), through(HOSPITAL));

    var stored = read.current(written.key(), EVERYTHING).orElseThrow();
    assertThat(written.effect()).isEqualTo(Effect.CREATED);
    assertThat(stored.version()).isEqualTo(1);
    assertThat(stored.as(Patient.class).getMeta().getVersionId()).isEqualTo("1");
    assertThat(stored.as(Patient.class).getMeta().getLastUpdated())
        .isEqualTo(java.util.Date.from(written.lastUpdated()));
    assertThat(new String(stored.json(), StandardCharsets.UTF_8))
        .startsWith(
            "{\"resourceType\":\"Patient\",\"id\":\"" + written.key().id() + "\",\"meta\":{")
        .contains("王瑋");
  }

  @Test
  void each_change_is_a_version_and_the_earlier_ones_stay() {
    var patient = patient(randomId());
    var key = write.put(patient, Optional.empty(), through(HOSPITAL)).key();

    var second = write.put(patient.setActive(true), Optional.empty(), through(HOSPITAL));

    assertThat(second.effect()).isEqualTo(Effect.UPDATED);
    assertThat(versions(history, key)).extracting(StoredResource::version).containsExactly(2, 1);
    assertThat(read.version(key, 1, EVERYTHING).orElseThrow().as(Patient.class).hasActive())
        .isFalse();
    assertThat(read.version(key, 2, EVERYTHING).orElseThrow().as(Patient.class).getActive())
        .isTrue();
  }

  @Test
  void equal_content_makes_no_version_whatever_its_meta_says() {
    var patient = patient(randomId());
    var first = write.put(patient, Optional.empty(), through(HOSPITAL));

    var again = read.current(first.key(), EVERYTHING).orElseThrow().as(Patient.class);
    var second = write.put(again, Optional.empty(), through(HOSPITAL));

    assertThat(second.effect()).isEqualTo(Effect.UNCHANGED);
    assertThat(second.version()).isEqualTo(1);
    assertThat(second.lastUpdated()).isEqualTo(first.lastUpdated());
  }

  @Test
  void an_older_state_of_the_same_owner_does_not_overwrite_a_newer_one() {
    var id = randomId();
    write.put(patient(id), Optional.empty(), asOf("2026-03-01T08:00:00Z"));
    // The same again, later: no version, but what is older than this is outdated now.
    write.put(patient(id), Optional.empty(), asOf("2026-03-01T10:00:00Z"));

    var late =
        write.put(patient(id).setActive(false), Optional.empty(), asOf("2026-03-01T09:00:00Z"));

    assertThat(late.effect()).isEqualTo(Effect.OUTDATED);
    assertThat(late.version()).isEqualTo(1);
  }

  @Test
  void a_write_over_another_version_than_the_one_read_is_refused() {
    var patient = patient(randomId());
    write.put(patient, Optional.empty(), through(HOSPITAL));
    write.put(patient.setActive(true), Optional.of(1), through(HOSPITAL));

    assertThatThrownBy(() -> write.put(patient.setActive(false), Optional.of(1), through(HOSPITAL)))
        .satisfies(refusedWith(ErrorCode.VERSION_CONFLICT));
  }

  @Test
  void of_two_concurrent_updates_of_one_version_only_one_wins() throws Exception {
    var patient = patient(randomId());
    write.put(patient, Optional.empty(), through(HOSPITAL));

    var outcomes =
        eightTimes(
            number -> {
              var own = patient.copy();
              own.addAddress().setCity("city " + number);
              try {
                return write.put(own, Optional.of(1), through(HOSPITAL)).effect().name();
              } catch (HubException e) {
                return e.code().name();
              }
            });

    assertThat(outcomes).filteredOn("UPDATED"::equals).hasSize(1);
    assertThat(outcomes).filteredOn("VERSION_CONFLICT"::equals).hasSize(7);
  }

  @Test
  void an_institution_cannot_overwrite_the_data_of_another() {
    var patient = patient(randomId());
    write.put(patient, Optional.empty(), through(HOSPITAL));

    assertThatThrownBy(
            () -> write.put(patient.setActive(true), Optional.empty(), through(OTHER_HOSPITAL)))
        .satisfies(refusedWith(ErrorCode.NOT_PERMITTED));
  }

  @Test
  void the_same_identity_twice_in_one_transaction_is_refused_and_nothing_is_written() {
    var id = randomId();

    assertThatThrownBy(
            () ->
                write.transaction(
                    putting(patient(id), patient(id).setActive(true)), through(HOSPITAL)))
        .satisfies(refusedWith(ErrorCode.DUPLICATE_IN_TRANSACTION));
    assertThat(read.current(new ResourceKey(ResourceType.Patient, id), EVERYTHING)).isEmpty();
  }

  @Test
  void references_by_urn_lead_to_the_new_ids() {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    var patient = patient("x");
    patient.setId((String) null);
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a")
        .setResource(patient)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Patient");
    var observation = observation("x", "ALT", "2026-03-01T07:30:00+08:00", 32);
    observation.setSubject(new Reference("urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"));
    bundle
        .addEntry()
        .setResource(observation)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Observation");

    var written = write.transaction(bundle, through(HOSPITAL));

    var stored = read.current(written.get(1).key(), EVERYTHING).orElseThrow();
    assertThat(stored.as(Observation.class).getSubject().getReference())
        .isEqualTo(written.get(0).key().reference());
  }

  @Test
  void a_reference_to_nothing_is_refused() {
    var observation = observation(randomId(), "ALT", "2026-03-01T07:30:00+08:00", 32);

    assertThatThrownBy(() -> write.put(observation, Optional.empty(), through(HOSPITAL)))
        .satisfies(refusedWith(ErrorCode.REFERENCE_UNRESOLVED));
  }

  @Test
  void a_reference_to_what_the_writer_may_not_see_is_refused_like_one_to_nothing() {
    var id = randomId();
    write.put(patient(id), Optional.empty(), through(HOSPITAL));

    assertThatThrownBy(
            () ->
                write.put(
                    observation(id, "ALT", "2026-03-01T07:30:00+08:00", 32),
                    Optional.empty(),
                    through(OTHER_HOSPITAL)))
        .satisfies(refusedWith(ErrorCode.REFERENCE_UNRESOLVED));
  }

  @Test
  void a_deleted_resource_is_gone_but_its_history_stays() {
    var patient = patient(randomId());
    var key = write.put(patient, Optional.empty(), through(HOSPITAL)).key();

    var deleted = write.delete(key, through(HOSPITAL));

    assertThat(deleted.effect()).isEqualTo(Effect.DELETED);
    assertThat(read.current(key, EVERYTHING).orElseThrow().deleted()).isTrue();
    assertThat(read.version(key, 1, EVERYTHING).orElseThrow().deleted()).isFalse();
    assertThat(write.put(patient, Optional.empty(), through(HOSPITAL)).version()).isEqualTo(3);
  }

  @Test
  void of_eight_concurrent_conditional_creates_one_creates_and_the_rest_find() throws Exception {
    var number = randomId();

    var effects =
        eightTimes(
            thread -> {
              var patient = patient(number);
              patient.setId((String) null);
              var bundle = new Bundle().setType(BundleType.TRANSACTION);
              bundle
                  .addEntry()
                  .setResource(patient)
                  .getRequest()
                  .setMethod(HTTPVerb.POST)
                  .setUrl("Patient")
                  .setIfNoneExist("identifier=" + Fixtures.NUMBERS + "|P-" + number);
              return write.transaction(bundle, through(HOSPITAL)).get(0).effect();
            });

    assertThat(effects).filteredOn(Effect.CREATED::equals).hasSize(1);
    assertThat(effects).filteredOn(Effect.UNCHANGED::equals).hasSize(7);
  }

  @Test
  void concurrent_transactions_over_the_same_resources_in_any_order_all_succeed() throws Exception {
    var one = randomId();
    var two = randomId();

    var effects =
        eightTimes(
            thread -> {
              var first = patient(thread % 2 == 0 ? one : two).setActive(true);
              var second = patient(thread % 2 == 0 ? two : one).setActive(true);
              first.addAddress().setCity("city " + thread);
              second.addAddress().setCity("city " + thread);
              return write.transaction(putting(first, second), through(HOSPITAL)).size();
            });

    assertThat(effects).containsOnly(2).hasSize(8);
    assertThat(versions(history, new ResourceKey(ResourceType.Patient, one)))
        .extracting(StoredResource::version)
        .containsExactly(8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_related_institution_reaches_the_whole_record_of_the_person_and_no_other_does() {
    var here = randomId();
    var there = randomId();
    var person = UUID.randomUUID();
    write.put(patient(here), Optional.empty(), through(HOSPITAL));
    write.put(patient(there), Optional.empty(), through(OTHER_HOSPITAL));
    links.link(Map.of(here, person, there, person));
    var key = new ResourceKey(ResourceType.Patient, here);

    assertThat(read.current(key, relatedTo(OTHER_HOSPITAL))).isEmpty();
    var visit = write.put(encounter(there), Optional.empty(), through(OTHER_HOSPITAL));
    assertThat(read.current(key, relatedTo(OTHER_HOSPITAL))).isPresent();

    write.delete(visit.key(), through(OTHER_HOSPITAL));
    assertThat(read.current(key, relatedTo(OTHER_HOSPITAL))).isEmpty();
    assertThat(links.personsOf(List.of(here, "unknown"))).isEqualTo(Map.of(here, person));
  }

  interface Numbered<T> {
    T call(int number) throws Exception;
  }

  private static <T> List<T> eightTimes(Numbered<T> work) throws Exception {
    var pool = Executors.newFixedThreadPool(8);
    try {
      var tasks =
          java.util.stream.IntStream.range(0, 8)
              .<Callable<T>>mapToObj(number -> () -> work.call(number))
              .toList();
      return pool.invokeAll(tasks).stream().map(WriteResourcesTest::value).toList();
    } finally {
      pool.shutdown();
    }
  }

  private static <T> T value(java.util.concurrent.Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static org.assertj.core.api.ThrowingConsumer<Throwable> refusedWith(ErrorCode code) {
    return e -> assertThat(((HubException) e).code()).isEqualTo(code);
  }
}

package io.yitong.hub.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.testing.MllpClient;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FeedsUnderTest.class)
class FeedTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final InstitutionId HOSPITAL = new InstitutionId(FeedsUnderTest.INSTITUTION);

  private final ReadResource read;
  private final SearchRecord search;
  private final FeedHealth health;
  private final Persons persons;

  FeedTest(ReadResource read, SearchRecord search, FeedHealth health, Persons persons) {
    this.read = read;
    this.search = search;
    this.health = health;
    this.persons = persons;
  }

  @Test
  void a_message_in_gb_18030_is_stored_and_then_accepted() {
    var adt = Messages.adt(Messages.newNumber("P"));

    var ack = send("his", adt.text());

    assertThat(ack).contains("\rMSA|AA|" + adt.controlId() + "\r").doesNotContain("ERR");
    assertThat(patient(adt.patient()).orElseThrow().getNameFirstRep().getText()).isEqualTo("王瑋");
    var entry = entry("his", adt.controlId());
    assertThat(entry.state()).isEqualTo(JournalState.ACCEPTED);
    assertThat(entry.patientNumber()).isEqualTo(adt.patient());
    assertThat(entry.versionsWritten()).isPositive();
  }

  @Test
  void the_same_bytes_again_get_the_same_bytes_back_and_change_nothing() {
    var bytes = Messages.adt(Messages.newNumber("P")).text().getBytes(GB18030);
    var first = MllpClient.exchange(FeedsUnderTest.port("his"), bytes);
    var newest = newest("his");

    var second = MllpClient.exchange(FeedsUnderTest.port("his"), bytes);

    assertThat(second).isEqualTo(first);
    assertThat(newest("his")).isEqualTo(newest);
  }

  @Test
  void a_refusal_is_repeated_byte_for_byte_too() {
    var bytes = Messages.oru("P1").withoutPid().getBytes(GB18030);

    var first = MllpClient.exchange(FeedsUnderTest.port("his"), bytes);

    assertThat(MllpClient.exchange(FeedsUnderTest.port("his"), bytes)).isEqualTo(first);
  }

  @Test
  void a_frame_cut_off_by_the_connections_end_is_on_record_and_never_accepted() {
    var adt = Messages.adt(Messages.newNumber("P"));
    var half = adt.text().substring(0, adt.text().length() / 2);

    try (var client = new MllpClient(FeedsUnderTest.port("his"))) {
      client.raw(("\u000b" + half).getBytes(GB18030));
      assertThat(client.halfCloseAndDrain()).isEmpty();
    }

    await().untilAsserted(() -> assertRefused(entry("his", adt.controlId()), "MESSAGE_TRUNCATED"));
    assertThat(patient(adt.patient())).isEmpty();
    assertThat(send("his", adt.text())).contains("MSA|AA|");
  }

  @Test
  void garbage_between_frames_is_on_record_and_does_not_stop_the_connection() {
    var adt = Messages.adt(Messages.newNumber("P"));
    try (var client = new MllpClient(FeedsUnderTest.port("his"))) {
      client.raw(("GET /" + adt.patient() + " HTTP/1.1\r\n").getBytes(UTF_8));

      var ack = new String(client.send(adt.text().getBytes(GB18030)), GB18030);

      assertThat(ack).contains("MSA|AA|" + adt.controlId());
    }
    assertThat(health.messages("500106-test-hospital/his", Optional.empty(), Long.MAX_VALUE, 50))
        .anySatisfy(
            message -> assertThat(message.errorEn().orElse("")).contains("outside an MLLP frame"));
  }

  @Test
  void what_is_no_hl7_is_answered_and_kept() {
    var ack = send("his", "hello " + Messages.newNumber("X"));

    assertThat(ack).contains("\rMSA|AE|\r").contains("message-unreadable");
  }

  @Test
  void the_wrong_character_set_is_refused_with_the_place_of_the_first_wrong_byte() {
    var adt = Messages.adt(Messages.newNumber("P")).declaring("UNICODE UTF-8");

    var ack =
        new String(
            MllpClient.exchange(FeedsUnderTest.port("his"), adt.text().getBytes(GB18030)), UTF_8);

    assertThat(ack)
        .contains("\rMSA|AE|" + adt.controlId() + "\r")
        .contains("|message-charset-wrong^^YITONG|")
        .contains("不符合字符集");
    assertThat(entry("his", adt.controlId()).state()).isEqualTo(JournalState.QUARANTINED);
    assertThat(patient(adt.patient())).isEmpty();
  }

  @Test
  void a_message_without_pid_is_refused_with_the_segment_it_lacks() {
    var oru = Messages.oru("P1");

    var ack = send("his", oru.withoutPid());

    assertThat(ack)
        .contains("\rMSA|AE|" + oru.controlId() + "\r")
        .contains("|100^Segment sequence error^HL70357|E|message-segment-missing^^YITONG|");
  }

  @Test
  void a_type_the_hub_does_not_take_is_rejected() {
    var ack = send("his", Messages.adt("P1").text().replace("ADT^A08^ADT_A01", "DFT^P03"));

    assertThat(ack).contains("MSA|AR|").contains("|200^Unsupported message type^HL70357|");
  }

  @Test
  void a_result_for_an_unknown_patient_waits_and_is_applied_once_the_patient_is_registered() {
    var number = Messages.newNumber("P");
    var oru = Messages.oru(number);

    var ack = send("lis", oru.text());

    assertThat(ack)
        .contains("\rMSA|AE|" + oru.controlId() + "\r")
        .contains("|PID^1^3|204^Unknown key identifier^HL70357|E|patient-unknown^^YITONG|");
    assertThat(entry("lis", oru.controlId()).state()).isEqualTo(JournalState.QUARANTINED);
    assertThat(patient(number)).isEmpty();

    send("his", Messages.adt(number).text());

    assertThat(entry("lis", oru.controlId()).state()).isEqualTo(JournalState.ACCEPTED);
    assertThat(results(number)).hasSize(1);
  }

  @Test
  void a_result_for_an_unknown_patient_registers_it_where_the_institution_says_so() {
    var oru = Messages.oru(Messages.newNumber("P"));

    assertThat(send("his", oru.text())).contains("MSA|AA|");

    assertThat(patient(oru.patient())).isPresent();
  }

  @Test
  void a_control_id_used_by_another_message_is_flagged() {
    var first = Messages.adt(Messages.newNumber("P"));
    send("his", first.text());

    var ack = send("his", first.named("李强").text());

    assertThat(ack)
        .contains("MSA|AE|" + first.controlId())
        .contains("|205^Duplicate key identifier^HL70357|E|message-control-id-reused^^YITONG|");
    assertThat(patient(first.patient()).orElseThrow().getNameFirstRep().getText()).isEqualTo("王瑋");
  }

  @Test
  void the_same_control_id_from_another_application_on_the_line_is_another_message() {
    var first = Messages.adt(Messages.newNumber("P"));
    send("his", first.text());

    var other =
        first.named("李强").text().replaceFirst("^MSH\\|\\^~\\\\&\\|[^|]*", "MSH|^~\\\\&|EMR");

    assertThat(send("his", other)).contains("MSA|AA|" + first.controlId());
  }

  @Test
  void the_control_id_of_a_refused_message_may_be_used_for_its_correction() {
    var adt = Messages.adt(Messages.newNumber("P"));
    send("his", adt.text().replace("PID|", "ZID|"));

    assertThat(send("his", adt.text())).contains("MSA|AA|" + adt.controlId());
  }

  @Test
  void a_resident_id_with_a_wrong_check_digit_is_kept_marked_and_links_to_no_one() {
    var adt = Messages.adt(Messages.newNumber("P")).residentId("110105194907120021");

    assertThat(send("his", adt.text())).contains("MSA|AA|");

    var patient = patient(adt.patient()).orElseThrow();
    assertThat(patient.getMeta().getTag())
        .anyMatch(tag -> tag.getCode().equals("resident-id-invalid"));
    assertThat(patient.getIdentifier()).anyMatch(id -> id.getValue().equals("110105194907120021"));
    assertThat(persons.of(patient.getIdElement().getIdPart()).orElseThrow().certain()).isFalse();
  }

  @Test
  void an_older_state_that_arrives_late_does_not_overwrite_a_newer_one() {
    var number = Messages.newNumber("P");
    send("his", Messages.adt(number).named("王新").at("20260302090000").text());

    assertThat(send("his", Messages.adt(number).named("王旧").at("20260301090000").text()))
        .contains("MSA|AA|");

    assertThat(patient(number).orElseThrow().getNameFirstRep().getText()).isEqualTo("王新");
  }

  @Test
  void a_sender_may_write_its_own_institutions_patients_only() {
    var adt = Messages.adt(Messages.newNumber("P"));
    send("his", adt.text());

    MllpClient.exchange(FeedsUnderTest.port("other"), adt.named("李强").text(), UTF_8);

    assertThat(patient(adt.patient()).orElseThrow().getNameFirstRep().getText()).isEqualTo("王瑋");
  }

  @Test
  void health_tells_of_every_feed_its_last_message_counts_and_last_error() {
    var adt = Messages.adt(Messages.newNumber("P"));
    send("his", adt.text());
    send("his", Messages.oru("P1").withoutPid());

    var his =
        health.all().stream()
            .filter(feed -> feed.sender().equals("500106-test-hospital/his"))
            .findFirst()
            .orElseThrow();

    assertThat(his.lastMessageAt()).isPresent();
    assertThat(his.silent()).isFalse();
    assertThat(his.problem()).isEmpty();
    assertThat(his.lastDay().get(JournalState.ACCEPTED)).isPositive();
    assertThat(his.lastDay().get(JournalState.QUARANTINED)).isPositive();
    assertThat(his.lastError().orElseThrow().errorZh().orElseThrow()).isNotBlank();
    assertThat(health.all()).hasSize(5);
    assertThat(health.problems()).extracting(FileProblem::file).containsExactly("broken.yaml");
  }

  @Test
  void every_institution_is_an_organization() {
    var organization = new ResourceKey(ResourceType.Organization, HOSPITAL.name());

    assertThat(read.current(organization, ReadFilter.everything())).isPresent();
  }

  private static void assertRefused(MessageSummary entry, String code) {
    assertThat(entry.state()).isEqualTo(JournalState.REFUSED);
    assertThat(entry.errorCode()).contains(code);
  }

  private static String send(String feed, String text) {
    return MllpClient.exchange(FeedsUnderTest.port(feed), text, GB18030);
  }

  private MessageSummary entry(String feed, String controlId) {
    return messages(feed).stream()
        .filter(message -> message.controlId().equals(controlId))
        .findFirst()
        .orElseThrow(() -> new AssertionError(controlId + " is not in the journal"));
  }

  private long newest(String feed) {
    return messages(feed).get(0).id();
  }

  private List<MessageSummary> messages(String feed) {
    return health.messages("500106-test-hospital/" + feed, Optional.empty(), Long.MAX_VALUE, 100);
  }

  private List<StoredResource> results(String number) {
    var id = DeterministicId.of(HOSPITAL, "patient", number);
    var query = SearchQuery.parse(ResourceType.Observation, "patient=Patient/" + id);
    return search.search(query, ReadFilter.everything()).matches();
  }

  private Optional<Patient> patient(String number) {
    return read.current(
            new ResourceKey(ResourceType.Patient, DeterministicId.of(HOSPITAL, "patient", number)),
            ReadFilter.everything())
        .map(resource -> resource.as(Patient.class));
  }
}

package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FeedsUnderTest.class)
class CsvFolderTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final InstitutionId HOSPITAL = new InstitutionId(FeedsUnderTest.INSTITUTION);
  private static final String HEADER =
      "患者号,姓名,性别,出生日期,报告单号,标本类型,采集时间,报告时间,项目代码,项目名称,结果,单位,参考下限,参考上限\r\n";

  private final FeedHealth health;
  private final SearchRecord search;

  CsvFolderTest(FeedHealth health, SearchRecord search) {
    this.health = health;
    this.search = search;
  }

  @Test
  void a_file_with_several_patients_is_one_message() throws Exception {
    var one = Messages.newNumber("P");
    var two = Messages.newNumber("P");
    var name = drop(HEADER + row(one, "ALT", "32") + row(one, "AST", "28") + row(two, "ALT", "19"));

    var entry = entry(name);

    assertThat(entry.state()).isEqualTo(JournalState.ACCEPTED);
    assertThat(results(one)).isEqualTo(2);
    assertThat(results(two)).isEqualTo(1);
    assertThat(movedTo(".done")).anyMatch(file -> file.endsWith(name));
  }

  @Test
  void a_file_that_lacks_a_column_is_kept_aside_with_the_columns_name() throws Exception {
    var name = drop(HEADER.replace("结果,", "") + Messages.newNumber("P") + ",王瑋\r\n");

    var entry = entry(name);

    assertThat(entry.state()).isEqualTo(JournalState.QUARANTINED);
    assertThat(entry.errorCode()).contains("CSV_COLUMN_MISSING");
    assertThat(movedTo(".failed")).anyMatch(file -> file.endsWith(name));
  }

  @Test
  void the_same_file_dropped_again_changes_nothing_and_does_not_stay() throws Exception {
    var number = Messages.newNumber("P");
    var text = HEADER + row(number, "ALT", "32");
    entry(drop(text));

    var again = drop(text);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(movedTo(".done")).anyMatch(file -> file.endsWith(again)));
    assertThat(messages()).noneMatch(message -> message.fileName().equals(Optional.of(again)));
    assertThat(results(number)).isEqualTo(1);
  }

  @Test
  void a_file_is_taken_only_when_it_has_stopped_growing() throws Exception {
    var number = Messages.newNumber("P");
    var name = drop(HEADER);
    var written = new AtomicInteger();
    var writer = Executors.newSingleThreadScheduledExecutor();
    writer.scheduleAtFixedRate(
        () -> append(name, row(number, "ITEM" + written.incrementAndGet(), "1")),
        0,
        100,
        TimeUnit.MILLISECONDS);
    await().until(() -> written.get() >= 20);
    writer.shutdown();
    assertThat(writer.awaitTermination(5, TimeUnit.SECONDS)).isTrue();

    var entry = entry(name);

    assertThat(entry.state()).isEqualTo(JournalState.ACCEPTED);
    assertThat(results(number)).isEqualTo(written.get());
  }

  private static String row(String patient, String item, String value) {
    return String.join(
            ",",
            patient,
            "王瑋",
            "女",
            "1949-07-12",
            "B" + patient,
            "血清",
            "2026-03-01 07:30",
            "2026-03-01 10:00",
            item,
            item,
            value,
            "U/L",
            "9",
            "50")
        + "\r\n";
  }

  private static String drop(String text) throws IOException {
    var name = Messages.newNumber("F") + ".csv";
    Files.createDirectories(FeedsUnderTest.inbox());
    Files.write(file(name), text.getBytes(GB18030));
    return name;
  }

  private static void append(String name, String text) {
    try {
      Files.write(file(name), text.getBytes(GB18030), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(String name) {
    return FeedsUnderTest.inbox().resolve(name);
  }

  private static List<String> movedTo(String folder) throws IOException {
    var moved = FeedsUnderTest.inbox().resolve(folder);
    if (!Files.isDirectory(moved)) {
      return List.of();
    }
    try (var files = Files.list(moved)) {
      return files.map(Path::toString).toList();
    }
  }

  /** Once the file has been dealt with and moved. */
  private MessageSummary entry(String name) {
    await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(file(name)));
    return messages().stream()
        .filter(message -> message.fileName().equals(Optional.of(name)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in the journal"));
  }

  private List<MessageSummary> messages() {
    return health.messages("500106-test-hospital/files", Optional.empty(), Long.MAX_VALUE, 200);
  }

  private int results(String number) {
    var patient = DeterministicId.of(HOSPITAL, "patient", number);
    var query =
        SearchQuery.parse(ResourceType.Observation, "patient=Patient/" + patient + "&_count=100");
    return search.search(query, ReadFilter.everything()).matches().size();
  }
}

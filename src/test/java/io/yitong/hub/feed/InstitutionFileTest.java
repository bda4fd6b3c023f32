package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yitong.hub.feed.InstitutionFile.Surroundings;
import io.yitong.hub.feed.Sender.UnknownPatient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstitutionFileTest {
  private static final String GOOD =
      """
      institution: urn:yitong:institution:500106-test
      hub: chongqing
      name: {zh: 测试医院, en: Test hospital}
      principal: test-his
      feeds:
        - name: lis
          template: mllp
          port: 2600
          charset: GB18030
          unknownPatient: quarantine
          silentAfter: PT30M
          maxInFlight: 4
        - name: files
          template: csv-folder
          folder: ${yitong.inbox}/test
      """;

  @TempDir Path folder;

  @Test
  void a_file_says_everything_there_is_to_know_of_its_feeds() throws Exception {
    var file = read(GOOD);

    var lis = file.senders().get(0);
    assertThat(lis.id()).hasToString("500106-test/lis");
    assertThat(lis.principal()).isEqualTo("test-his");
    assertThat(lis.port()).hasValue(12_600);
    assertThat(lis.charset().name()).isEqualTo("GB18030");
    assertThat(lis.unknownPatient()).isEqualTo(UnknownPatient.QUARANTINE);
    assertThat(lis.silentAfter()).isEqualTo(Duration.ofMinutes(30));
    assertThat(lis.maxInFlight()).isEqualTo(4);
    assertThat(file.senders().get(1).folder()).contains(folder.resolve("test"));
    assertThat(file.senders().get(1).port()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port: 2600|prot: 2600|8|prot",
        "port: 2600|port: many|8|port",
        "port: 2600|port: 70000|8|port",
        "charset: GB18030|charset: Latin-1|9|charset",
        "unknownPatient: quarantine|unknownPatient: ignore|10|unknownPatient",
        "silentAfter: PT30M|silentAfter: 30 minutes|11|silentAfter",
        "silentAfter: PT30M|silentAfter: PT0S|11|silentAfter",
        "maxInFlight: 4|maxInFlight: 0|12|maxInFlight",
        "maxInFlight: 4|codes: none.csv|12|codes",
        "maxInFlight: 4|acknowledgement: enhanced|12|acknowledgement",
        "maxInFlight: 4|port: 2601|12|port",
        "name: files|name: lis|13|name",
        "principal: test-his|principal:|4|principal",
        "hub: chongqing|zone: Asia/Chongqing2|2|zone",
        "urn:yitong:institution:500106-test|urn:yitong:500106|1|institution",
        "'name: {zh: 测试医院, en: Test hospital}'|name: Test|3|name",
      })
  void a_wrong_file_is_refused_with_line_and_reason(
      String right, String wrong, int line, String reason) {
    var refused = catchThrowableOfType(FileRefused.class, () -> read(GOOD.replace(right, wrong)));

    assertThat(refused.problem().file()).isEqualTo("test.yaml");
    assertThat(refused.problem().line()).isEqualTo(line);
    assertThat(refused.problem().reason()).contains(reason);
  }

  @Test
  void what_is_no_yaml_is_refused_with_its_line() {
    var refused = catchThrowableOfType(FileRefused.class, () -> read("institution: a\n  b: [\n"));

    assertThat(refused.problem().line()).isPositive();
  }

  @Test
  void an_empty_file_is_refused() {
    assertThat(catchThrowableOfType(FileRefused.class, () -> read(""))).isNotNull();
  }

  @Test
  void a_wrong_file_stops_no_other() throws IOException {
    Files.createDirectories(folder.resolve("institutions"));
    write("a-good.yaml", GOOD);
    write("b-wrong.yaml", "institution: nonsense\n");
    write("c-same-port.yaml", GOOD.replace("500106-test", "500106-other"));
    write("d-other-hub.yaml", GOOD.replace("hub: chongqing", "hub: linshui"));

    var senders = new Senders(folder.toString(), folder.toString(), "chongqing", 0);

    assertThat(senders.all())
        .extracting(sender -> sender.id().toString())
        .containsExactly("500106-test/lis", "500106-test/files");
    assertThat(senders.problems())
        .extracting(FileProblem::file)
        .containsExactly("b-wrong.yaml", "c-same-port.yaml");
    assertThat(senders.problems().get(1).reason()).contains("2600").contains("500106-test/lis");
  }

  @Test
  void the_files_of_this_repository_are_in_order() {
    for (var hub : new String[] {"chongqing", "linshui"}) {
      var senders = new Senders("camel-routes", "inbox", hub, 0);

      assertThat(senders.problems()).isEmpty();
      assertThat(senders.all()).isNotEmpty();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve("institutions").resolve(name), text);
  }

  private InstitutionFile read(String text) throws IOException, FileRefused {
    var path = folder.resolve("test.yaml");
    Files.writeString(path, text);
    return InstitutionFile.read(path, new Surroundings(folder, 10_000));
  }
}

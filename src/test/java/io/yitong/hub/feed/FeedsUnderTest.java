package io.yitong.hub.feed;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A hospital of our own with a feed for every case, on free ports; route templates are those of the
 * product.
 */
public final class FeedsUnderTest implements QuarkusTestProfile {
  static final String INSTITUTION = "urn:yitong:institution:500106-test-hospital";
  static final String OTHER_INSTITUTION = "urn:yitong:institution:500102-test-hospital";

  /** Ports are given out once for the life of the test run. */
  private static final Map<String, Integer> PORTS = new HashMap<>();

  /** One for the life of the test run, since the hub is started once for all tests of a profile. */
  private static final Path FOLDER = newFolder();

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      copy("templates");
      Files.createDirectories(FOLDER.resolve("institutions"));
      Files.writeString(
          FOLDER.resolve("institutions/500106-test-hospital.yaml"),
          """
          institution: %s
          hub: chongqing
          name: {zh: 测试医院, en: Test Hospital}
          principal: test-his
          feeds:
            - {name: his, template: mllp, port: %d, charset: GB18030}
            - {name: lis, template: mllp, port: %d, charset: GB18030, unknownPatient: quarantine}
            - {name: narrow, template: mllp, port: %d, charset: UTF-8, maxInFlight: 1}
            - {name: files, template: csv-folder, charset: GB18030}
          """
              .formatted(INSTITUTION, port("his"), port("lis"), port("narrow")));
      Files.writeString(
          FOLDER.resolve("institutions/500102-test-hospital.yaml"),
          """
          institution: %s
          hub: chongqing
          name: {zh: 另一家测试医院, en: Other Test Hospital}
          principal: other-his
          feeds:
            - {name: his, template: mllp, port: %d, charset: UTF-8}
          """
              .formatted(OTHER_INSTITUTION, port("other")));
      Files.writeString(
          FOLDER.resolve("institutions/broken.yaml"),
          "institution: urn:nonsense\nhub: chongqing\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "yitong.routes", FOLDER.toString(),
        "yitong.inbox", FOLDER.resolve("inbox").toString(),
        "yitong.feeds.port-offset", "0");
  }

  static Path inbox() {
    return FOLDER.resolve("inbox/500106-test-hospital");
  }

  static int port(String feed) {
    return PORTS.computeIfAbsent(feed, name -> freePort());
  }

  private static void copy(String name) throws IOException {
    Files.createDirectories(FOLDER.resolve(name));
    List<Path> files;
    try (var list = Files.list(Path.of("camel-routes", name))) {
      files = new ArrayList<>(list.toList());
    }
    for (var file : files) {
      Files.copy(
          file,
          FOLDER.resolve(name).resolve(file.getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("yitong-feeds");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

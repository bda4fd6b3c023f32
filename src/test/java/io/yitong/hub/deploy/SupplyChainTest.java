package io.yitong.hub.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the hub runs on is what was looked at: every jar by its SHA-256 and its licence, every
 * package of the console by its integrity. A change is made on purpose; docs/supply-chain.md says
 * how.
 */
class SupplyChainTest {
  private static final Path COMPONENTS = Path.of(".ci/supply-chain/components.csv");
  private static final Path LICENCES = Path.of(".ci/supply-chain/licences.csv");
  private static final Path GENERATED = Path.of("target/generated/components.csv");
  private static final Path CLASS_PATH = Path.of("target/runtime.classpath");
  private static final Path BOM = Path.of("target/bom.json");
  private static final Path LOCK = Path.of("src/main/webui/package-lock.json");
  private static final String BETWEEN = " | ";

  private record Component(String name, String sha256, String licences) {
    boolean fits(Set<String> allowed) {
      return Arrays.stream(licences.split(" \\| ", -1)).anyMatch(allowed::contains);
    }

    String row() {
      var text = licences.contains(",") ? "\"" + licences + "\"" : licences;
      return name + "," + sha256 + "," + text;
    }
  }

  @Test
  void every_jar_the_hub_runs_on_is_the_one_that_was_looked_at() throws Exception {
    var known = known();
    var licences = licencesOfTheBom();
    var rows = new ArrayList<String>();
    for (var jar : Files.readString(CLASS_PATH).trim().split(File.pathSeparator, -1)) {
      var name = name(Path.of(jar));
      var before = known.get(name);
      var licence = before == null ? licences.getOrDefault(name, "unknown") : before.licences();
      rows.add(new Component(name, sha256(Path.of(jar)), licence).row());
    }
    rows.sort(null);
    rows.add(0, "component,sha256,licences");
    Files.createDirectories(GENERATED.getParent());
    Files.write(GENERATED, rows);

    assertThat(Files.readAllLines(COMPONENTS))
        .as("a dependency changed: when that is meant, cp %s %s", GENERATED, COMPONENTS)
        .isEqualTo(rows);
  }

  @Test
  void every_licence_fits_ours() throws IOException {
    var allowed = allowed();

    assertThat(known().values()).hasSizeGreaterThan(200).allMatch(each -> each.fits(allowed));
    assertThat(new Component("x", "", "GPL-3.0-only").fits(allowed)).isFalse();
    assertThat(new Component("x", "", "unknown").fits(allowed)).isFalse();
    assertThat(new Component("x", "", "GPL-2.0-only | MIT").fits(allowed)).isTrue();
  }

  @Test
  void every_package_of_the_console_is_bound_to_its_content_and_its_licence_fits()
      throws IOException {
    var allowed = allowed();
    var packages = new ObjectMapper().readTree(LOCK.toFile()).required("packages");

    assertThat(packages.size()).isGreaterThan(50);
    packages
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().isEmpty()) {
                assertThat(entry.getValue().path("integrity").asText())
                    .as(entry.getKey())
                    .startsWith("sha512-");
              }
              assertThat(allowed).as(entry.getKey()).contains(licence(entry.getValue()));
            });
  }

  private static String licence(JsonNode packed) {
    return packed.path("license").asText();
  }

  private static Set<String> allowed() throws IOException {
    return rows(LICENCES, row -> row.getField("licence")).keySet();
  }

  private static Map<String, Component> known() throws IOException {
    return rows(
        COMPONENTS,
        row ->
            new Component(
                row.getField("component"), row.getField("sha256"), row.getField("licences")));
  }

  /** By the first column. */
  private static <T> Map<String, T> rows(Path file, Function<NamedCsvRecord, T> reader)
      throws IOException {
    try (var rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      return rows.stream()
          .collect(
              Collectors.toMap(row -> row.getField(0), reader, (one, other) -> one, TreeMap::new));
    }
  }

  /** What the POMs say, when the SBOM was made (profile sbom); of use for new components alone. */
  private static Map<String, String> licencesOfTheBom() throws IOException {
    var licences = new TreeMap<String, String>();
    if (Files.exists(BOM)) {
      for (var component : new ObjectMapper().readTree(BOM.toFile()).required("components")) {
        var names = new ArrayList<String>();
        for (var each : component.path("licenses")) {
          names.add(
              each.at("/license/id")
                  .asText(each.at("/license/name").asText(each.path("expression").asText())));
        }
        licences.put(
            "%s:%s:%s"
                .formatted(
                    component.path("group").asText(),
                    component.path("name").asText(),
                    component.path("version").asText()),
            names.stream().distinct().sorted().collect(Collectors.joining(BETWEEN)));
      }
    }
    return licences;
  }

  /** From its place in the local repository: group/artifact/version/file. */
  private static String name(Path jar) {
    var version = jar.getParent();
    var artifact = version.getParent();
    var parts = new ArrayList<String>();
    for (var at = artifact.getParent(); !at.getFileName().toString().equals("repository"); ) {
      parts.add(0, at.getFileName().toString());
      at = at.getParent();
    }
    var base = artifact.getFileName() + "-" + version.getFileName();
    var rest = jar.getFileName().toString().substring(base.length()).replaceAll("\\.jar$", "");
    return String.join(".", parts)
        + ":"
        + artifact.getFileName()
        + ":"
        + version.getFileName()
        + (rest.isEmpty() ? "" : ":" + rest.substring(1));
  }

  private static String sha256(Path file) throws IOException, GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}

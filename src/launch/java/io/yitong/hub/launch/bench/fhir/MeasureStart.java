package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.MeasuredHub;
import io.yitong.hub.launch.MeasuredHub.Packaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** From the start of the process to the first answer about a resource, the schema being there. */
final class MeasureStart {
  private static final String NAME = "start to first answer, ";
  private static final double REFERENCE = 48;
  private static final double REQUIRED = 5;

  private final MeasuredHub hub;
  private final Options options;
  private final Path home;

  MeasureStart(MeasuredHub hub, Options options, Path home) {
    this.hub = hub;
    this.options = options;
    this.home = home;
  }

  List<Measured> run() throws IOException {
    var all = new ArrayList<Measured>();
    hub.startHub(options.java(), options.flags(), Packaging.FAST_JAR);
    hub.stopHub();
    var java = "JDK " + System.getProperty("java.specification.version");
    all.add(
        Measured.figure(
            NAME + java,
            REFERENCE,
            null,
            once(options.java(), options.flags(), Packaging.FAST_JAR),
            "s",
            null));
    var modern = Options.java25();
    all.add(
        modern.isPresent()
            ? Measured.figure(
                NAME + "JDK 25, ahead-of-time cache",
                REFERENCE,
                REQUIRED,
                withCache(modern.get()),
                "s",
                null)
            : Measured.failed(
                NAME + "JDK 25, ahead-of-time cache",
                REFERENCE,
                REQUIRED,
                "no JDK 25 found; YITONG_JDK25 may name its folder"));
    return all;
  }

  private double withCache(Path java) throws IOException {
    var cache = home.resolve("hub.aot");
    Files.deleteIfExists(cache);
    hub.startHub(java, with("-XX:AOTCacheOutput=" + cache), Packaging.CLASS_PATH);
    hub.stopHub();
    return once(java, with("-XX:AOTCache=" + cache), Packaging.CLASS_PATH);
  }

  private List<String> with(String flag) {
    return Stream.concat(options.flags().stream(), Stream.of(flag)).toList();
  }

  private double once(Path java, List<String> flags, Packaging packaging) throws IOException {
    var seconds = hub.startHub(java, flags, packaging);
    hub.stopHub();
    return seconds;
  }
}

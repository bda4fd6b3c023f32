package io.yitong.hub.launch.bench;

import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Stack;
import java.net.URI;

/** The running installation a benchmark measures. */
public record BenchContext(Stack stack) {

  /** Address of a region's hub, without a trailing slash; FHIR is at {@code /fhir} below it. */
  public URI hub(Region region) {
    return stack.hub(region).address();
  }

  /** The port of this machine on which a feed listens, given the port of the institution's file. */
  public int feedPort(int portInInstitutionFile) {
    return portInInstitutionFile + stack.settings().feedPortOffset();
  }

  /** A fresh access token of a demo client, for example {@code chongqing-his}; lasts 5 minutes. */
  public String token(Region region, String client) {
    return stack.tokens().of(region, client);
  }

  /** For rows, counts and sizes that no API gives. */
  public String jdbcUrl(Region region) {
    return stack.database().jdbcUrl(region.code());
  }

  public String describeMachine() {
    return "%d processors, %s %s, JDK %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }
}

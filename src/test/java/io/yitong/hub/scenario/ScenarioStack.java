package io.yitong.hub.scenario;

import io.yitong.hub.launch.Progress;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Settings;
import io.yitong.hub.launch.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A whole installation as {@code ./yitong up} makes it, on free ports and in a folder of its own
 * below {@code target}: started by the first scenario test that asks for it, shared by all, stopped
 * when the tests end. Its logs stay.
 */
public final class ScenarioStack {
  /** Ports of camel-routes/institutions/*.yaml. */
  private static final List<Integer> FEED_PORTS = List.of(2575, 2576, 2585, 2586, 2599);

  private static ScenarioStack started;

  private final Stack stack;

  private ScenarioStack(Stack stack) {
    this.stack = stack;
  }

  /** Everything runs when this returns. */
  public static synchronized ScenarioStack get() {
    if (started == null) {
      var stack = new Stack(settings(), new Progress(System.out));
      Runtime.getRuntime().addShutdownHook(new Thread(stack::down));
      stack.up();
      started = new ScenarioStack(stack);
    }
    return started;
  }

  /** What starts, stops and kills its parts. */
  public Stack stack() {
    return stack;
  }

  /** A region's hub, without a trailing slash; FHIR is at {@code /fhir} below it. */
  public URI hub(Region region) {
    return stack.hub(region).address();
  }

  /** A fresh access token of a demo client, for example {@code chongqing-his}. */
  public String token(Region region, String client) {
    return stack.tokens().of(region, client);
  }

  /** The password of a person of the demonstration, for example {@code doctor}. */
  public String password(Region region, String user) {
    return stack.password(region, user);
  }

  /** Where a feed listens, given the port of the institution's file. */
  public int feedPort(int portInInstitutionFile) {
    return portInInstitutionFile + stack.settings().feedPortOffset();
  }

  static List<Integer> freePorts(int count) {
    var open = new ArrayList<ServerSocket>();
    try {
      for (var i = 0; i < count; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      var ports = open.stream().map(ServerSocket::getLocalPort).toList();
      for (var socket : open) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Added to every feed's port, so that all of them are free. */
  static int freeFeedOffset() {
    var lot = new Random();
    for (var tries = 0; tries < 100; tries++) {
      var offset = 10_000 + 50 * lot.nextInt(400);
      if (FEED_PORTS.stream().allMatch(port -> free(port + offset))) {
        return offset;
      }
    }
    throw new IllegalStateException("no free ports for the feeds");
  }

  private static Settings settings() {
    var project = Path.of("").toAbsolutePath();
    var home = project.resolve("target/scenario");
    empty(home);
    var ports = freePorts(4);
    return new Settings(
        project, home, ports.get(0), ports.get(1), ports.get(2), ports.get(3), freeFeedOffset());
  }

  private static boolean free(int port) {
    try (var probe = new ServerSocket(port)) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static void empty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

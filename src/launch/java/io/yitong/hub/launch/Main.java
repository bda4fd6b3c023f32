package io.yitong.hub.launch;

import io.yitong.hub.launch.bench.BenchContext;
import io.yitong.hub.launch.bench.RunBenchmark;
import io.yitong.hub.launch.bench.fhir.RunFhirBenchmark;
import io.yitong.hub.launch.campaign.RunCampaign;
import io.yitong.hub.launch.demo.Demo;
import io.yitong.hub.launch.demo.Fault;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What {@code ./yitong} calls once everything is built. */
public final class Main {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Main() {}

  public static void main(String[] arguments) {
    try {
      System.exit(run(List.of(arguments)));
    } catch (LaunchFailure e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static int run(List<String> arguments) {
    var words = arguments.subList(1, arguments.size());
    var settings = Settings.of(Path.of("").toAbsolutePath(), System.getenv());
    var stack = new Stack(settings, new Progress(OUT));
    return switch (arguments.get(0)) {
      case "up" -> {
        if (words.contains("--external")) {
          ExternalHub.up(settings, System.getenv(), new Progress(OUT));
          yield 0;
        }
        stack.up();
        new Greeting(stack).print(OUT);
        yield 0;
      }
      case "down" -> {
        stack.down();
        yield 0;
      }
      case "status" -> stack.status() ? 0 : 1;
      case "token" -> {
        OUT.println(token(stack, words));
        yield 0;
      }
      case "demo" -> demo(stack, words);
      case "bench" -> bench(settings, stack, words) ? 0 : 1;
      case "audit" -> new VerifyCommand(settings, words, OUT).run() ? 0 : 1;
      case "campaign" -> RunCampaign.run(stack, words, OUT) ? 0 : 1;
      default -> throw new LaunchFailure("Unknown command " + arguments.get(0));
    };
  }

  /** That of the FHIR API brings its own hub; the others measure the running installation. */
  private static boolean bench(Settings settings, Stack stack, List<String> words) {
    var name = words.isEmpty() ? "" : words.get(0);
    return name.equals("fhir")
        ? new RunFhirBenchmark(settings, words.subList(1, words.size()), OUT).run()
        : new RunBenchmark(new BenchContext(stack), OUT).run(name);
  }

  private static int demo(Stack stack, List<String> words) {
    var seed = option(words, "--seed");
    var fault = Optional.ofNullable(option(words, "--fault")).map(Fault::of);
    var drawn = seed == null ? new SecureRandom().nextInt(1_000_000) : Long.parseLong(seed);
    return new Demo(stack, OUT).play(drawn, fault).isEmpty() ? 0 : 1;
  }

  private static String token(Stack stack, List<String> words) {
    if (words.isEmpty()) {
      throw new LaunchFailure("Whose token? ./yitong token CLIENT [--hub chongqing|linshui]");
    }
    var client = words.get(0);
    var named = option(words, "--hub");
    var realm = named == null ? homeOf(client) : Region.of(named);
    return stack.tokens().of(realm, client);
  }

  /** A client whose name holds a region belongs there; a partner hub, to the other one. */
  private static Region homeOf(String client) {
    return Arrays.stream(Region.values())
        .filter(region -> client.contains(region.code()))
        .map(region -> client.startsWith("hub-") ? region.other() : region)
        .findFirst()
        .orElse(Region.CHONGQING);
  }

  private static String option(List<String> words, String name) {
    var at = words.indexOf(name);
    return at < 0 || at + 1 >= words.size() ? null : words.get(at + 1);
  }
}

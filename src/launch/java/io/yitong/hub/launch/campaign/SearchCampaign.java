package io.yitong.hub.launch.campaign;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Stack;
import io.yitong.hub.search.compare.HubClient;
import io.yitong.hub.search.compare.SearchComparison;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Random searches against the Chongqing hub, as two of its hospitals, each answer held against the
 * in-memory reference implementation of the specification's search rules.
 */
public final class SearchCampaign implements Campaign {
  private static final int QUERIES = 10_000;

  /** Of one world of resources; then another is made. */
  private static final int QUERIES_A_WORLD = 2_000;

  /** Well before a token of the demonstration's realm runs out. */
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);

  private static final Map<String, String> CLIENTS =
      Map.of(
          "urn:yitong:institution:500106-university-hospital", "chongqing-his",
          "urn:yitong:institution:500102-fuling-hospital", "fuling-his");

  private static final List<String> INSTITUTIONS =
      CLIENTS.keySet().stream().sorted(java.util.Comparator.reverseOrder()).toList();

  private record Token(String value, Instant until) {}

  private final Map<String, Token> tokens = new HashMap<>();

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String purpose() {
    return "[--queries N] [--seed S]: random searches, each held against the reference"
        + " implementation";
  }

  @Override
  public boolean run(Stack stack, List<String> words, PrintStream out) {
    var queries = (int) number(words, "--queries", QUERIES);
    var seed = number(words, "--seed", 1);
    var fhir = stack.hub(Region.CHONGQING).address().resolve("/fhir/");
    var hub = new HubClient(fhir, institution -> token(stack, institution));
    var comparison = new SearchComparison(hub, INSTITUTIONS, SearchComparison.OFFERED, out);
    var wrong = 0;
    for (var done = 0; done < queries; done += QUERIES_A_WORLD) {
      var run = "s" + UUID.randomUUID().toString().substring(0, 8);
      var some = Math.min(QUERIES_A_WORLD, queries - done);
      wrong += comparison.run(run, seed + done / QUERIES_A_WORLD, some).size();
    }
    out.printf("%d queries, %d answered wrongly%n", queries, wrong);
    return wrong == 0;
  }

  private String token(Stack stack, String institution) {
    return tokens
        .compute(
            institution,
            (key, held) ->
                held != null && Instant.now().isBefore(held.until())
                    ? held
                    : new Token(
                        stack.tokens().of(Region.CHONGQING, CLIENTS.get(institution)),
                        Instant.now().plus(TOKEN_LIFE)))
        .value();
  }

  private static long number(List<String> words, String option, long otherwise) {
    var at = words.indexOf(option);
    if (at < 0) {
      return otherwise;
    }
    try {
      return Long.parseLong(words.get(at + 1));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new LaunchFailure("%s takes a number".formatted(option), e);
    }
  }
}

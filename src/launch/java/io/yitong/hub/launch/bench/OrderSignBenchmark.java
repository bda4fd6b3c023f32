package io.yitong.hub.launch.bench;

import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.demo.PreparedOrder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * How long the doctor waits for an answer to order-sign: a fixed rate, each answer timed from the
 * moment its question was due, so that a slow answer also shows in those behind it.
 */
public final class OrderSignBenchmark implements Benchmark {
  private static final String HOOK = "/cds-services/mutual-recognition-order-sign";
  private static final int PATIENTS = 20;
  private static final int RATE = 40;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(30);
  private static final int CALLERS = 16;
  private static final int ATTEMPTS = 20;

  @Override
  public String name() {
    return "order-sign";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    var address = URI.create(context.hub(Region.CHONGQING) + HOOK);
    var orders = prepare(context, address);
    load(context, address, orders, WARM_UP);
    var began = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    var times = load(context, address, orders, MEASURED);
    refuseIfPartnerWasAsked(context, began);
    var conditions =
        "%s; %d questions a second for %d s after warm-up, %d patients with a liver panel held from Linshui, no partner called; both hubs, Keycloak, PostgreSQL and the load on this machine"
            .formatted(context.describeMachine(), RATE, MEASURED.toSeconds(), PATIENTS);
    return List.of(
        figure("order-sign p50", percentile(times, 0.50), null, conditions),
        figure("order-sign p99", percentile(times, 0.99), 100.0, conditions),
        figure("order-sign longest", times[times.length - 1], null, conditions));
  }

  private static Figure figure(String name, double millis, Double required, String conditions) {
    return new Figure(
        name,
        millis,
        "ms",
        Figure.Better.lower,
        required,
        "issue 2: p99 under 100 ms without a call to a partner",
        conditions);
  }

  private static List<String> prepare(BenchContext context, URI address) {
    var orders = new ArrayList<String>();
    for (var i = 0; i < PATIENTS; i++) {
      orders.add(PreparedOrder.of(context.stack(), System.nanoTime()).request().toString());
    }
    for (var order : orders) {
      awaitRecommended(context, address, order);
    }
    return orders;
  }

  /** What the partner holds may still be on its way; each question waits for it a while. */
  private static void awaitRecommended(BenchContext context, URI address, String order) {
    var token = context.token(Region.CHONGQING, "chongqing-his");
    var answer = ask(context, address, token, order);
    for (var again = 0; again < ATTEMPTS && !PreparedOrder.recommends(answer.json()); again++) {
      answer = ask(context, address, token, order);
    }
    if (!PreparedOrder.recommends(answer.json())) {
      throw new LaunchFailure("The hub does not recommend: " + answer.body());
    }
  }

  /** Sorted milliseconds. */
  private static double[] load(
      BenchContext context, URI address, List<String> orders, Duration duration)
      throws InterruptedException {
    var token = context.token(Region.CHONGQING, "chongqing-his");
    var times = new ConcurrentLinkedQueue<Double>();
    var failures = new ConcurrentLinkedQueue<String>();
    var callers = Executors.newScheduledThreadPool(CALLERS);
    var start = System.nanoTime();
    var count = (int) (RATE * duration.toSeconds());
    for (var i = 0; i < count; i++) {
      var order = orders.get(i % orders.size());
      var due = start + i * 1_000_000_000L / RATE;
      callers.schedule(
          () -> {
            try {
              var answer = ask(context, address, token, order);
              if (answer.status() != 200) {
                failures.add("HTTP " + answer.status() + " " + answer.body());
              }
              times.add((System.nanoTime() - due) / 1e6);
            } catch (RuntimeException e) {
              failures.add(e.toString());
            }
          },
          due - System.nanoTime(),
          TimeUnit.NANOSECONDS);
    }
    callers.shutdown();
    callers.awaitTermination(duration.toSeconds() + 60, TimeUnit.SECONDS);
    if (!failures.isEmpty() || times.size() != count) {
      throw new LaunchFailure(
          "%d of %d questions were answered; first failure: %s"
              .formatted(times.size(), count, failures.peek()));
    }
    return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static Http.Answer ask(BenchContext context, URI address, String token, String order) {
    return context.stack().http().send("POST", address, token, "application/json", order);
  }

  private static void refuseIfPartnerWasAsked(BenchContext context, Instant since) {
    var looks =
        context
            .stack()
            .http()
            .get(
                URI.create(
                    context.hub(Region.LINSHUI)
                        + "/fhir/AuditEvent?agent=hub-chongqing&date=ge"
                        + since),
                context.token(Region.LINSHUI, "privacy-officer"))
            .json();
    if (!looks.path("entry").isEmpty()) {
      throw new LaunchFailure(
          "The partner was asked %d times while it was measured"
              .formatted(looks.path("entry").size()));
    }
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
  }
}

package io.yitong.hub.launch.bench;

import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Region;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.regex.Pattern;

/**
 * Laboratory messages over MLLP, acknowledged after commit: a fixed rate over several connections,
 * every message of another patient, each answer timed from the moment its message was due, so that
 * a slow answer also shows in those behind it.
 */
public final class FeedBenchmark implements Benchmark {
  private static final int PORT = 2585;
  private static final int CONNECTIONS = 8;
  private static final int RATE = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(30);
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    send(context, WARM_UP);
    var heap = new DoubleAccumulator(Math::max, 0);
    var sampler = sampleHeap(context, heap);
    Load load;
    try {
      load = send(context, MEASURED);
    } finally {
      sampler.shutdownNow();
    }
    return figures(load, heap.get(), conditions(context));
  }

  /**
   * What a load came to.
   *
   * @param millis sorted
   */
  private record Load(double perSecond, double[] millis) {}

  private static List<Figure> figures(Load load, double heap, String conditions) {
    var target = "issue 2: 100 ORU messages of 20 OBX a second from 8 connections";
    return List.of(
        new Figure(
            "accepted messages",
            load.perSecond(),
            "1/s",
            Figure.Better.higher,
            RATE * 0.99,
            target,
            conditions),
        latency("acknowledgement p50", load, 0.50, conditions),
        latency("acknowledgement p99", load, 0.99, conditions),
        latency("acknowledgement longest", load, 1.0, conditions),
        new Figure(
            "heap of the hub, highest seen",
            heap / 1024 / 1024,
            "MB",
            Figure.Better.lower,
            512.0,
            "issue 2: under 512 MB",
            conditions));
  }

  private static Figure latency(String name, Load load, double share, String conditions) {
    var index = (int) Math.ceil(share * load.millis().length) - 1;
    return new Figure(name, load.millis()[index], "ms", Figure.Better.lower, null, "", conditions);
  }

  private static Load send(BenchContext context, Duration duration) throws Exception {
    var port = context.feedPort(PORT);
    var messages = (int) (duration.toSeconds() * RATE);
    var times = new ConcurrentLinkedQueue<Double>();
    var began = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
    var senders = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      var tasks = new ArrayList<Callable<Void>>();
      for (var sender = 0; sender < CONNECTIONS; sender++) {
        tasks.add(sender(port, sender, messages, began, times));
      }
      for (var done : senders.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      senders.shutdownNow();
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    var millis = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Load(millis.length / seconds, millis);
  }

  private static Callable<Void> sender(
      int port, int sender, int messages, long began, ConcurrentLinkedQueue<Double> times) {
    return () -> {
      try (var connection = new BenchConnection(port)) {
        for (var i = sender; i < messages; i += CONNECTIONS) {
          var due = began + i * (1_000_000_000L / RATE);
          TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
          var message = BenchMessage.next();
          var answer = connection.send(message.bytes());
          if (!answer.contains("\rMSA|AA|" + message.controlId())) {
            throw new LaunchFailure("A message was not accepted:\n" + answer.replace('\r', '\n'));
          }
          times.add((System.nanoTime() - due) / 1e6);
        }
        return null;
      }
    };
  }

  private static ScheduledExecutorService sampleHeap(
      BenchContext context, DoubleAccumulator highest) {
    var metrics = URI.create(context.hub(Region.CHONGQING) + "/q/metrics");
    var http = new Http();
    var sampler = Executors.newSingleThreadScheduledExecutor();
    sampler.scheduleAtFixedRate(
        () -> highest.accumulate(heap(http.get(metrics, null).body())), 0, 1, TimeUnit.SECONDS);
    return sampler;
  }

  private static double heap(String metrics) {
    return HEAP.matcher(metrics)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .sum();
  }

  private static String conditions(BenchContext context) {
    return "%s; %d ORU^R01 of 20 OBX a second for %d s after warm-up, %d MLLP connections, every message of a new patient, answered after commit; both hubs, Keycloak, PostgreSQL and the load on this machine"
        .formatted(context.describeMachine(), RATE, MEASURED.toSeconds(), CONNECTIONS);
  }
}

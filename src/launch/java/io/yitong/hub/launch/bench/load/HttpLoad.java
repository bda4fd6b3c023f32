package io.yitong.hub.launch.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A closed loop over some connections in one thread: each sends its next request when its last is
 * answered.
 */
final class HttpLoad {
  private final LoadOrder order;
  private final Work.Requests requests;
  private final byte[] authorization;
  private final RequestText text = new RequestText();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
  private final Latencies latencies = new Latencies();
  private final Map<Integer, Long> statuses = new TreeMap<>();
  private final List<String> samples = new ArrayList<>();
  private String failure = "";
  private long sent;
  private boolean counting;

  HttpLoad(LoadOrder order) {
    this.order = order;
    this.authorization =
        order.token().isEmpty()
            ? new byte[0]
            : "Authorization: Bearer %s\r\n"
                .formatted(order.token())
                .getBytes(StandardCharsets.US_ASCII);
    this.requests =
        order.work().requests(new Population(order.patients()), new SplittableRandom(order.seed()));
    if (requests instanceof LoadRequests load) {
      load.from(order.first());
    }
  }

  LoadResult run() throws IOException {
    try (var selector = Selector.open()) {
      var connections = new ArrayList<Connection>();
      try {
        for (var i = 0; i < order.connections(); i++) {
          connections.add(new Connection(order.port(), selector, order.samples() > 0));
        }
        return run(selector, connections);
      } finally {
        for (var connection : connections) {
          connection.close();
        }
      }
    }
  }

  private LoadResult run(Selector selector, List<Connection> connections) throws IOException {
    var start = System.nanoTime();
    var warm = start + (long) (order.warmSeconds() * 1e9);
    var end = order.seconds() == 0 ? Long.MAX_VALUE : warm + (long) (order.seconds() * 1e9);
    var busy = 0;
    for (var connection : connections) {
      busy += sendNext(connection, end) ? 1 : 0;
    }
    var counted = new Stopwatch();
    while (busy > 0) {
      selector.select();
      if (!counting && System.nanoTime() >= warm) {
        counting = true;
        counted = new Stopwatch();
      }
      for (var key : selector.selectedKeys()) {
        var connection = (Connection) key.attachment();
        if (key.isWritable()) {
          connection.write();
        }
        if (key.isReadable() && connection.read(buffer)) {
          take(connection);
          busy -= sendNext(connection, end) ? 0 : 1;
        }
      }
      selector.selectedKeys().clear();
    }
    return new LoadResult(
        latencies.size(),
        counted.seconds(),
        latencies.percentile(0.50),
        latencies.percentile(0.99),
        counted.cpuSeconds(),
        statuses,
        samples,
        failure);
  }

  private boolean sendNext(Connection connection, long end) throws IOException {
    if (order.requests() > 0 && sent == order.requests() || System.nanoTime() >= end) {
      return false;
    }
    sent++;
    requests.next(text);
    if (authorization.length > 0) {
      text.addHeader(authorization);
    }
    connection.send(text);
    return true;
  }

  private void take(Connection connection) {
    if (!counting) {
      return;
    }
    latencies.add(System.nanoTime() - connection.began());
    var answer = connection.answer();
    statuses.merge(answer.status(), 1L, Long::sum);
    if (samples.size() < order.samples()) {
      samples.add(answer.body());
    }
    if (failure.isEmpty() && answer.status() != 200 && answer.status() != 201) {
      failure = answer.status() + " " + answer.body();
    }
  }
}

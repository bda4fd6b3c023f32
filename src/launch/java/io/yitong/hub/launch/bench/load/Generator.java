package io.yitong.hub.launch.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The load generator's process: an order of one line in, a result of one line out, until there are
 * no more. A process of its own, so that what it takes of the machine can be told.
 */
public final class Generator {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Generator() {}

  /** One of the two is null. */
  record Line(LoadOrder load, YardstickOrder yardstick) {}

  public static void main(String[] none) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      out.println(JSON.writeValueAsString(run(JSON.readValue(line, Line.class))));
    }
  }

  private static LoadResult run(Line line) throws Exception {
    try {
      return line.load() == null
          ? new JdbcLoad(line.yardstick()).run()
          : new HttpLoad(line.load()).run();
    } catch (IOException e) {
      return new LoadResult(0, 1, 0, 0, 0, java.util.Map.of(), java.util.List.of(), e.toString());
    }
  }
}

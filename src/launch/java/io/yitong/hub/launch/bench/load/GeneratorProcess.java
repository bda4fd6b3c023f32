package io.yitong.hub.launch.bench.load;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.launch.LaunchFailure;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The load generator as seen by who gives it orders. */
public final class GeneratorProcess implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader results;

  public GeneratorProcess() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Generator.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    orders =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    results =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public LoadResult run(LoadOrder order) {
    return ask(new Generator.Line(order, null));
  }

  public LoadResult run(YardstickOrder order) {
    return ask(new Generator.Line(null, order));
  }

  private LoadResult ask(Generator.Line line) {
    try {
      orders.write(JSON.writeValueAsString(line));
      orders.newLine();
      orders.flush();
      var result = results.readLine();
      if (result == null) {
        throw new LaunchFailure("The load generator ended");
      }
      return JSON.readValue(result, LoadResult.class);
    } catch (IOException e) {
      throw new LaunchFailure("The load generator: " + e, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}

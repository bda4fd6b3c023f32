package io.yitong.hub.record.bulk.load;

import io.quarkus.runtime.configuration.MemorySize;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.Pause;
import io.yitong.hub.record.bulk.load.ImportOrder.Input;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Brings the files of an import into the job's folder, from where they are read line by line. */
@ApplicationScoped
public class FetchInput {
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int BLOCK = 1 << 16;

  private final ImportSources sources;
  private final long largest;

  /** Follows no redirect: it would lead to where nobody allowed to go. */
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(Redirect.NEVER).connectTimeout(ANSWER).build();

  FetchInput(
      ImportSources sources,
      @ConfigProperty(name = "yitong.bulk.largest-file") MemorySize largest) {
    this.sources = sources;
    this.largest = largest.asLongValue();
  }

  /** Where the file of an input lies. */
  static Path file(Path folder, int number) {
    return folder.resolve("input-" + number + ".ndjson");
  }

  /**
   * Keeps what is sent with the request, block by block; it is safe on disk when this returns.
   *
   * @param most in bytes
   * @throws HubException REQUEST_TOO_LARGE
   * @throws IOException when the sender breaks off
   */
  public void keep(Path folder, InputStream body, long most) throws IOException {
    var file = file(folder, 0);
    try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var block = new byte[BLOCK];
      var size = 0L;
      for (var read = body.read(block); read >= 0; read = body.read(block)) {
        size += read;
        if (size > most) {
          throw new HubException(ErrorCode.REQUEST_TOO_LARGE, "", most);
        }
        for (var rest = ByteBuffer.wrap(block, 0, read); rest.hasRemaining(); ) {
          out.write(rest);
        }
      }
      out.force(true);
    }
  }

  /** The file, fetched unless it is there. */
  Path fetch(Input input, int number, Path folder, Lease lease) {
    var file = file(folder, number);
    if (Files.exists(file)) {
      return file;
    }
    if (input.url() == null) {
      // The folder is another machine's, or was emptied: what was sent is not here.
      throw new HubException(
          ErrorCode.IMPORT_SOURCE_UNREACHABLE, "", input.name(), file.getFileName());
    }
    for (var attempt = 1; ; attempt++) {
      try {
        return download(input.url(), file, lease);
      } catch (IOException e) {
        if (attempt == TRIES) {
          throw unreachable(input.url(), String.valueOf(e.getMessage()));
        }
        Pause.of(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the hub is stopping", e);
      }
    }
  }

  private Path download(String url, Path file, Lease lease)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(sources.check(url))
            .timeout(ANSWER)
            .header("Accept", "application/fhir+ndjson")
            .header("Accept-Encoding", "gzip")
            .build();
    var answer = http.send(request, BodyHandlers.ofInputStream());
    try (var body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw unreachable(url, "HTTP " + answer.statusCode());
      }
      var packed = answer.headers().firstValue("Content-Encoding").filter("gzip"::equals);
      var part = file.resolveSibling(file.getFileName() + ".part");
      try (var out = Files.newOutputStream(part)) {
        copy(packed.isPresent() ? new GZIPInputStream(body) : body, out, url, lease);
      }
      return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** What a few bytes unpack to may be without end. */
  private void copy(InputStream in, OutputStream out, String url, Lease lease) throws IOException {
    var block = new byte[BLOCK];
    var size = 0L;
    for (var read = in.read(block); read >= 0; read = in.read(block)) {
      lease.check();
      size += read;
      if (size > largest) {
        throw new HubException(ErrorCode.REQUEST_TOO_LARGE, url, largest);
      }
      out.write(block, 0, read);
    }
  }

  private static HubException unreachable(String url, String why) {
    return new HubException(ErrorCode.IMPORT_SOURCE_UNREACHABLE, "input.url", url, why);
  }
}

package io.yitong.hub.record.bulk.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an input batch by batch; cut in the same places whenever it is read again. */
final class ReadLines implements AutoCloseable {
  private static final int BATCH = 500;
  private static final long BATCH_BYTES = 4L * 1024 * 1024;
  private static final int BUFFER = 1 << 18;

  private final int input;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private long number;
  private long place;
  private long lengthRead;

  ReadLines(int input, Path file) throws IOException {
    this.input = input;
    this.in = Files.newInputStream(file);
  }

  /** Empty at the end. */
  List<Line> batch() throws IOException {
    var batch = new ArrayList<Line>(BATCH);
    var bytes = 0L;
    while (batch.size() < BATCH && bytes < BATCH_BYTES) {
      var line = next();
      if (line.isEmpty()) {
        break;
      }
      batch.add(line.get());
      bytes += line.get().length();
    }
    return batch;
  }

  /** The next line that is not blank. */
  private Optional<Line> next() throws IOException {
    while (at < limit || fill()) {
      var start = place;
      var json = line();
      number++;
      if (!isBlank(json)) {
        var length = (int) Math.min(lengthRead, Integer.MAX_VALUE);
        return Optional.of(
            new Line(input, number, start, length, length > Line.LONGEST ? new byte[0] : json));
      }
    }
    return Optional.empty();
  }

  /** To the next line break, which is taken too; of a line that is too long the beginning. */
  private byte[] line() throws IOException {
    var text = new ByteArrayOutputStream(2048);
    lengthRead = 0;
    while (at < limit || fill()) {
      var end = at;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      if (lengthRead <= Line.LONGEST) {
        text.write(buffer, at, end - at);
      }
      lengthRead += end - at;
      place += end - at;
      at = end;
      if (at < limit) {
        at++;
        place++;
        break;
      }
    }
    return text.toByteArray();
  }

  private boolean fill() throws IOException {
    at = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private static boolean isBlank(byte[] text) {
    for (var each : text) {
      if (!Character.isWhitespace(each)) {
        return false;
      }
    }
    return true;
  }

  /** A line read before, found again. */
  static Line again(Path file, int input, long number, long place, int length) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(place);
      var json = new byte[length];
      in.readFully(json);
      return new Line(input, number, place, length, json);
    }
  }

  static long count(Path file) throws IOException {
    try (var lines = Files.newInputStream(file)) {
      var block = new byte[BUFFER];
      var count = 0L;
      for (var read = lines.read(block); read >= 0; read = lines.read(block)) {
        for (var i = 0; i < read; i++) {
          count += block[i] == '\n' ? 1 : 0;
        }
      }
      return count;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package io.yitong.hub.record.bulk.load;

import java.io.BufferedInputStream;
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
  private long number;
  private long place;
  private boolean ended;

  ReadLines(int input, Path file) throws IOException {
    this.input = input;
    this.in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
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
    while (!ended) {
      var start = place;
      var text = new ByteArrayOutputStream(2048);
      var blank = true;
      for (var next = read(); next != '\n' && !ended; next = read()) {
        blank &= Character.isWhitespace(next);
        if (place - start <= Line.LONGEST) {
          text.write(next);
        }
      }
      number++;
      var length = (int) Math.min(place - start, Integer.MAX_VALUE);
      if (!blank) {
        var json = length > Line.LONGEST ? new byte[0] : text.toByteArray();
        return Optional.of(new Line(input, number, start, length, json));
      }
    }
    return Optional.empty();
  }

  private int read() throws IOException {
    var next = in.read();
    if (next < 0) {
      ended = true;
    } else {
      place++;
    }
    return next;
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

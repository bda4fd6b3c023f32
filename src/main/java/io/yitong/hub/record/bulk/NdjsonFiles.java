package io.yitong.hub.record.bulk;

import io.yitong.hub.record.bulk.JobFile.Role;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes resources line by line into files of one type, a new one when one is long enough. */
public final class NdjsonFiles implements AutoCloseable {
  private static final int MOST_LINES = 500_000;
  private static final int BUFFER = 1 << 18;

  private final Path folder;
  private final Role role;
  private final String type;
  private final List<JobFile> files = new ArrayList<>();
  private FileOutputStream file;
  private OutputStream out;
  private long lines;
  private long bytes;

  public NdjsonFiles(Path folder, Role role, String type) {
    this.folder = folder;
    this.role = role;
    this.type = type;
  }

  /**
   * @param json as it was sent, perhaps on several lines: between the tokens of JSON a line break
   *     is a blank, and inside them there is none. Changed by this
   */
  public void write(byte[] json) {
    for (var i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    try {
      if (out == null || lines == MOST_LINES) {
        next();
      }
      out.write(json);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines++;
    bytes += json.length + 1L;
  }

  /** All that was written, safe on disk. */
  public List<JobFile> finish() {
    try {
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(files);
  }

  private void next() throws IOException {
    end();
    Files.createDirectories(folder);
    file = new FileOutputStream(folder.resolve(name()).toFile());
    out = new BufferedOutputStream(file, BUFFER);
    lines = 0;
    bytes = 0;
  }

  private void end() throws IOException {
    if (out == null) {
      return;
    }
    out.flush();
    file.getFD().sync();
    out.close();
    files.add(new JobFile(name(), role, type, folder.getFileName() + "/" + name(), lines, bytes));
    out = null;
  }

  private String name() {
    var kind = role == Role.OUTPUT ? "" : role.name().toLowerCase(Locale.ROOT) + ".";
    return kind + type + "." + (files.size() + 1) + ".ndjson";
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

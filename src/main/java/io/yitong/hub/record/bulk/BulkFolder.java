package io.yitong.hub.record.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where jobs keep files: a folder of their own each, shared by all processes of the hub. */
@ApplicationScoped
public class BulkFolder {
  private final Path folder;

  BulkFolder(
      @ConfigProperty(name = "yitong.bulk.folder") String folder,
      @ConfigProperty(name = "yitong.hub.name") String hub) {
    this.folder = Path.of(folder).toAbsolutePath().resolve(hub);
  }

  public Path of(UUID job) {
    return folder.resolve(job.toString());
  }

  /** The folder of the job, made when it is not there. */
  public Path make(UUID job) {
    try {
      return Files.createDirectories(of(job));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void remove(UUID job) {
    remove(of(job));
  }

  public static void remove(Path folder) {
    try (var found = Files.walk(folder)) {
      for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // there is nothing to remove
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

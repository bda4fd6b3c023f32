package io.yitong.hub.record.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where jobs keep files: a folder of their own each, shared by all processes of the hub. */
@ApplicationScoped
public class BulkFolder {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

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

  /** The folders made before then: of jobs, and of what was being sent when its process ended. */
  List<UUID> madeBefore(Instant then) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var found = Files.list(folder)) {
      return found
          .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
          .filter(path -> path.toFile().lastModified() < then.toEpochMilli())
          .map(path -> UUID.fromString(path.getFileName().toString()))
          .toList();
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

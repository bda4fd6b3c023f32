package io.yitong.hub.terminology;

import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The institutions' code maps: camel-routes/institutions/NAME-codes.csv belongs to the institution
 * of that name. All are checked at start; a file put there or changed later is taken up at the next
 * write. A wrong file is refused with file, line and reason: the institution goes on with what was
 * read before, the others are not touched.
 */
@ApplicationScoped
public class CodeMaps {
  private static final Logger LOG = Logger.getLogger(CodeMaps.class);
  private static final String SUFFIX = "-codes.csv";

  /** What was made of one state of a file. */
  private record Loaded(
      FileTime modified, long size, CodeMap map, Optional<HubException> refused) {}

  private final Path folder;
  private final ReadCodeMap reader;
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();

  CodeMaps(Units units, @ConfigProperty(name = "yitong.routes") Path routes) {
    this.folder = routes.resolve("institutions");
    this.reader = new ReadCodeMap(units);
  }

  void checkAll(@Observes StartupEvent start) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .forEach(name -> current(name.substring(0, name.length() - SUFFIX.length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty when the institution has none. */
  CodeMap of(InstitutionId institution) {
    return current(institution.name());
  }

  /** Why files were refused, as they stand now. */
  public List<HubException> refused() {
    return loaded.values().stream().flatMap(map -> map.refused().stream()).toList();
  }

  private CodeMap current(String name) {
    var file = folder.resolve(name + SUFFIX);
    try {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      var known = loaded.get(name);
      if (known != null
          && known.modified().equals(now.lastModifiedTime())
          && known.size() == now.size()) {
        return known.map();
      }
      var fresh = load(file, now, known == null ? CodeMap.EMPTY : known.map());
      loaded.put(name, fresh);
      return fresh.map();
    } catch (NoSuchFileException e) {
      loaded.remove(name);
      return CodeMap.EMPTY;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Loaded load(Path file, BasicFileAttributes state, CodeMap before) {
    try {
      var map = reader.read(file);
      LOG.infof("code map read file=%s codes=%d", file.getFileName(), map.rows().size());
      return new Loaded(state.lastModifiedTime(), state.size(), map, Optional.empty());
    } catch (HubException e) {
      LOG.errorf("code map refused: %s / %s", e.chinese(), e.english());
      return new Loaded(state.lastModifiedTime(), state.size(), before, Optional.of(e));
    }
  }
}

package io.yitong.hub.feed;

import io.yitong.hub.feed.InstitutionFile.Surroundings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** This hub's institutions and their feeds, from the files that are in order. */
@ApplicationScoped
public class Senders {
  private static final Logger LOG = Logger.getLogger(Senders.class);

  private final List<InstitutionFile> institutions = new ArrayList<>();
  private final Map<String, Sender> senders = new LinkedHashMap<>();
  private final List<FileProblem> problems = new ArrayList<>();

  Senders(
      @ConfigProperty(name = "yitong.routes") String routes,
      @ConfigProperty(name = "yitong.inbox") String inbox,
      @ConfigProperty(name = "yitong.hub.name") String hub,
      @ConfigProperty(name = "yitong.feeds.port-offset") int portOffset) {
    var surroundings = new Surroundings(Path.of(inbox).toAbsolutePath(), portOffset);
    for (var path : files(Path.of(routes, "institutions"))) {
      take(path, surroundings, hub);
    }
    problems.forEach(problem -> LOG.errorf("institution file not in force: %s", problem));
  }

  /** Every feed of this hub. */
  public Collection<Sender> all() {
    return List.copyOf(senders.values());
  }

  /**
   * @param id as {@link SenderId#toString} writes it
   */
  public Optional<Sender> of(String id) {
    return Optional.ofNullable(senders.get(id));
  }

  /** What is wrong with the files that are not in force. */
  public List<FileProblem> problems() {
    return List.copyOf(problems);
  }

  List<InstitutionFile> institutions() {
    return List.copyOf(institutions);
  }

  private void take(Path path, Surroundings surroundings, String hub) {
    try {
      var file = InstitutionFile.read(path, surroundings);
      if (file.hub().equals(hub)) {
        refuseWhatIsTaken(path, file);
        institutions.add(file);
        file.senders().forEach(sender -> senders.put(sender.id().toString(), sender));
      }
    } catch (FileRefused e) {
      problems.add(e.problem());
    }
  }

  private void refuseWhatIsTaken(Path path, InstitutionFile file) throws FileRefused {
    var name = path.getFileName().toString();
    var ports = new HashMap<Integer, SenderId>();
    senders.values().forEach(sender -> sender.port().ifPresent(p -> ports.put(p, sender.id())));
    for (var sender : file.senders()) {
      if (senders.containsKey(sender.id().toString())) {
        throw new FileRefused(
            new FileProblem(name, 0, "已有 / already described elsewhere: " + sender.id()));
      }
      var port = sender.port();
      if (port.isPresent() && ports.putIfAbsent(port.getAsInt(), sender.id()) != null) {
        throw new FileRefused(
            new FileProblem(
                name,
                0,
                "端口已被占用 / port " + port.getAsInt() + " is taken by " + ports.get(port.getAsInt())));
      }
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot list " + folder, e);
    }
  }
}

package io.yitong.hub.feed;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of a YAML file, read so that every complaint names its line and no key goes unread.
 */
final class StrictYaml {
  private final String file;
  private final int line;
  private final Map<String, Node> values;

  private StrictYaml(String file, MappingNode node) throws FileRefused {
    this.file = file;
    this.line = line(node);
    this.values = new LinkedHashMap<>();
    for (var tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw refuse(line(tuple.getKeyNode()), "键必须是文字 / a key must be text");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw refuse(line(key), key.getValue() + " 出现两次 / occurs twice");
      }
    }
  }

  static StrictYaml read(Path path) throws FileRefused {
    var file = path.getFileName().toString();
    try {
      var options = new LoaderOptions();
      options.setAllowDuplicateKeys(true); // told apart here, with the line
      var node = new Yaml(options).compose(new StringReader(Files.readString(path)));
      if (node instanceof MappingNode mapping) {
        return new StrictYaml(file, mapping);
      }
      throw new FileRefused(new FileProblem(file, 1, "应为键值对 / keys with values are expected"));
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new FileRefused(
          new FileProblem(
              file, mark == null ? 0 : mark.getLine() + 1, String.valueOf(e.getProblem())));
    } catch (IOException | YAMLException e) {
      throw new FileRefused(new FileProblem(file, 0, "无法读取 / cannot be read: " + e.getMessage()));
    }
  }

  /** Refuses keys that nobody reads: a misspelt setting must not be a default in silence. */
  StrictYaml only(Set<String> known) throws FileRefused {
    for (var entry : values.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw refuse(
            line(entry.getValue()),
            "未知的键 " + entry.getKey() + " / unknown key, known are " + new TreeSet<>(known));
      }
    }
    return this;
  }

  String text(String key) throws FileRefused {
    return optionalText(key)
        .orElseThrow(() -> refuse(line, "缺少 " + key + " / " + key + " is missing"));
  }

  Optional<String> optionalText(String key) throws FileRefused {
    var node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue());
    }
    throw refuse(line(node), key + " 应为非空文字 / must be text that is not empty");
  }

  StrictYaml mapping(String key) throws FileRefused {
    var node = values.get(key);
    if (node instanceof MappingNode mapping) {
      return new StrictYaml(file, mapping);
    }
    throw refuse(node == null ? line : line(node), key + " 应为键值对 / must be keys with values");
  }

  List<StrictYaml> mappings(String key) throws FileRefused {
    if (!(values.get(key) instanceof SequenceNode sequence)) {
      throw refuse(lineOf(key), key + " 应为列表 / must be a list");
    }
    var found = new ArrayList<StrictYaml>();
    for (var node : sequence.getValue()) {
      if (!(node instanceof MappingNode mapping)) {
        throw refuse(line(node), key + " 的每一项应为键值对 / each item must be keys with values");
      }
      found.add(new StrictYaml(file, mapping));
    }
    return found;
  }

  /** A value of this key that its reader cannot take. */
  FileRefused refuse(String key, String reason) {
    return refuse(lineOf(key), key + ": " + reason);
  }

  int lineOf(String key) {
    return values.containsKey(key) ? line(values.get(key)) : line;
  }

  private FileRefused refuse(int where, String reason) {
    return new FileRefused(new FileProblem(file, where, reason));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}

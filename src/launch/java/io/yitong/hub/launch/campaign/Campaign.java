package io.yitong.hub.launch.campaign;

import io.yitong.hub.launch.Stack;
import java.io.PrintStream;
import java.util.List;

/**
 * A run against a running installation that is too long or too particular for the tests: {@code
 * ./yitong campaign NAME …}; found through {@code META-INF/services}.
 */
public interface Campaign {
  /** What follows {@code ./yitong campaign}. */
  String name();

  /** What it does and which words it takes, one line. */
  String purpose();

  /**
   * @param words what follows the name
   * @return whether everything was as it should be
   */
  boolean run(Stack stack, List<String> words, PrintStream out) throws Exception;
}

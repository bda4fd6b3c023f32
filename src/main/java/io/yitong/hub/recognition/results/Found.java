package io.yitong.hub.recognition.results;

import io.yitong.hub.recognition.decision.Candidate;
import java.util.List;

/**
 * What is known of a person's results.
 *
 * @param silences partners whose results are not among them
 */
public record Found(List<Candidate> candidates, List<Silence> silences) {
  public static final Found NOTHING = new Found(List.of(), List.of());

  public Found {
    candidates = List.copyOf(candidates);
    silences = List.copyOf(silences);
  }
}

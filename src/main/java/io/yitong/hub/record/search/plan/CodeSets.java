package io.yitong.hub.record.search.plan;

import java.util.List;

/** The codes that {@code :in}, {@code :below} and {@code :above} stand for. */
public interface CodeSets {
  /**
   * @param system empty for codes without one
   * @param code empty for every code of the system
   */
  record Code(String system, String code) {}

  /**
   * @param criterion for a refusal
   * @param valueSet its canonical address, with or without version, or {@code ValueSet/id}
   * @throws io.yitong.hub.fhir.HubException when it is not known here or too large
   */
  List<Code> in(String criterion, String valueSet);

  /** The code and what its code system places below it. */
  List<Code> below(String criterion, Code code);

  /** The code and what its code system places above it. */
  List<Code> above(String criterion, Code code);
}

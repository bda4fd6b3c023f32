package io.yitong.hub.record.search;

import io.yitong.hub.record.search.plan.CodeSets;
import java.util.List;

/** For statements that ask for no value set. */
final class NoCodes implements CodeSets {
  @Override
  public List<Code> in(String criterion, String valueSet) {
    throw new AssertionError(valueSet);
  }

  @Override
  public List<Code> below(String criterion, Code code) {
    throw new AssertionError(code);
  }

  @Override
  public List<Code> above(String criterion, Code code) {
    throw new AssertionError(code);
  }
}

package io.yitong.hub.access.audit.proof;

import java.util.ArrayList;
import java.util.List;

/** The first of them, and how many there are: an audit may be wrong in every row. */
final class Findings {
  private final List<Finding> first = new ArrayList<>();
  private long count;

  void add(Finding finding) {
    if (count < Verification.MOST) {
      first.add(finding);
    }
    count++;
  }

  List<Finding> first() {
    return first;
  }

  long count() {
    return count;
  }
}

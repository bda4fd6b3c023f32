package io.yitong.hub.access.audit.chain;

/**
 * A chain that this process appends to, and its head as last committed. Whoever holds the lane is
 * alone with it.
 */
final class Lane {
  private Head head;

  Lane(Head head) {
    this.head = head;
  }

  Head head() {
    return head;
  }

  void moveTo(Head committed) {
    head = committed;
  }
}

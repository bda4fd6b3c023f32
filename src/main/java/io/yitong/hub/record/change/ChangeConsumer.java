package io.yitong.hub.record.change;

/**
 * Learns of every change, in commit order, at least once, from any hub process on the same database
 * (one of them at a time). A CDI bean of this type is driven by the change feed; its place in the
 * feed is kept under {@link #name()} and moves in the same transaction as what {@link #apply}
 * writes, so a change that was applied is not applied again.
 */
public interface ChangeConsumer {
  String name();

  void apply(Change change);
}

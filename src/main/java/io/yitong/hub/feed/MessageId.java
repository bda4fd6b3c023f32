package io.yitong.hub.feed;

/** A message's number in the journal. */
public record MessageId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}

package io.yitong.hub.console;

/** The same text in both languages; the page shows the one its reader wants. */
record Text(String zh, String en) {
  /** A name that exists in one form only. */
  static Text same(String text) {
    return new Text(text, text);
  }
}

package io.yitong.hub.fhir.json;

/** Line numbers, counted when an error is told and never else. */
@SuppressWarnings("ArrayRecordComponent") // read from, never compared
record Lines(byte[] bytes, boolean areTheSenders) {
  /**
   * @return counted from 1; {@code -} when the bytes are not as somebody sent them
   */
  String of(int offset) {
    if (!areTheSenders) {
      return "-";
    }
    var line = 1;
    for (var i = 0; i < Math.min(offset, bytes.length); i++) {
      if (bytes[i] == '\n') {
        line++;
      }
    }
    return Integer.toString(line);
  }
}

package io.yitong.hub.feed;

/**
 * Why a file of camel-routes is not in force. Others are not touched by it.
 *
 * @param line 1 for the first; 0 when it is about the file as a whole
 * @param reason in Chinese and English
 */
public record FileProblem(String file, int line, String reason) {
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + reason;
  }
}

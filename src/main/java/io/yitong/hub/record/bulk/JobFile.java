package io.yitong.hub.record.bulk;

/**
 * A file that a job leaves to be fetched.
 *
 * @param name in its address
 * @param role which list of the manifest names it
 * @param type of the resources in it
 * @param path below the job's folder
 */
public record JobFile(String name, Role role, String type, String path, long lines, long bytes) {
  public enum Role {
    OUTPUT,
    DELETED,
    ERROR,
    /** What is said of the files as a whole. */
    REPORT
  }
}

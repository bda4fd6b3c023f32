package io.yitong.hub.feed;

/** A file of camel-routes cannot be taken as it is. */
final class FileRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient FileProblem problem;

  FileRefused(FileProblem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  FileProblem problem() {
    return problem;
  }
}

package io.yitong.hub.launch.demo;

/** A step of the story did not hold. */
public final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Chapter chapter;

  StepFailed(Chapter chapter, String why) {
    super(why);
    this.chapter = chapter;
  }

  public Chapter chapter() {
    return chapter;
  }
}

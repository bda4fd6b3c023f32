package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Progress;
import io.yitong.hub.launch.QualityEvidence;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Plays the story against running hubs. With a fault, the step that the fault concerns must fail;
 * whatever happens, things are put back as they were.
 */
public final class Demo {
  private final Stack stack;
  private final PrintStream out;

  public Demo(Stack stack, PrintStream out) {
    this.stack = stack;
    this.out = out;
  }

  /**
   * @return the step that did not hold; empty when the whole story held
   */
  public Optional<StepFailed> play(long seed, Optional<Fault> fault) {
    out.printf(
        "Seed %d%s: ./yitong demo --seed %d%s draws the same again%n",
        seed,
        fault.map(f -> ", fault " + f.code()).orElse(""),
        seed,
        fault.map(f -> " --fault " + f.code()).orElse(""));
    var story = new Story(stack, new Narrator(out), seed, fault);
    try {
      story.play();
      out.printf("%n全部步骤成立 · Every step held (seed %d)%n", seed);
      return Optional.empty();
    } catch (StepFailed e) {
      out.printf(
          "%n第 %d 步未成立 · Step %d did not hold: %s%n",
          e.chapter().number(), e.chapter().number(), e.getMessage());
      fault.ifPresent(f -> sayWhetherMeant(f, e));
      return Optional.of(e);
    } finally {
      fault.ifPresent(wrong -> restore(wrong, story));
    }
  }

  private void sayWhetherMeant(Fault fault, StepFailed failure) {
    if (failure.chapter() == fault.failing()) {
      out.printf("This is the step that %s must fail.%n", fault.code());
    } else {
      out.printf("But %s should have failed step %d.%n", fault.code(), fault.failing().number());
    }
  }

  private void restore(Fault fault, Story story) {
    switch (fault) {
      case EVIDENCE_LAPSED -> {
        new QualityEvidence(stack).passed();
        out.println("Restored: the laboratory's evidence is valid again.");
      }
      case PARTNER_DOWN -> {
        try {
          stack.hub(Region.LINSHUI).start();
          stack.hub(Region.LINSHUI).awaitReady(new Progress(out));
          story.awaitPartner();
          out.println("Restored: the Linshui hub runs again, and Chongqing hears it.");
        } catch (IOException e) {
          throw new LaunchFailure("The Linshui hub could not be started again", e);
        }
      }
      case OTHER_PERSON -> out.println("Nothing to restore.");
    }
  }
}

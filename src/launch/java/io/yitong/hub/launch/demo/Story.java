package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.QualityEvidence;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Stack;
import io.yitong.hub.launch.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The story of a result from Linshui that saves a blood test in Chongqing, start to end. */
final class Story {
  private final Scene scene;
  private final Optional<Fault> fault;
  private final Cast cast;
  private final AtChongqing chongqing;

  Story(Stack stack, Narrator narrator, long seed, Optional<Fault> fault) {
    this.scene = new Scene(stack, narrator);
    this.fault = fault;
    this.cast =
        Cast.draw(
            seed,
            fault.filter(f -> f == Fault.OTHER_PERSON).isPresent(),
            Instant.now(),
            stack.settings().project());
    this.chongqing = new AtChongqing(scene, cast);
  }

  /**
   * @throws StepFailed at the first step that does not hold
   */
  void play() {
    var began = Instant.now();
    var linshui = new AtLinshui(scene, cast);
    linshui.register();
    linshui.sendResults();
    linshui.dropFile();
    linshui.readRecord();

    arrange();

    chongqing.admit();
    chongqing.knowThePerson();
    var oversight = new Oversight(scene, began);
    var before = oversight.figures();
    var card = chongqing.order();
    chongqing.recommended(card);
    chongqing.accept(card);
    oversight.counted(before);
    oversight.refuseStranger(chongqing.patientId());
    oversight.audited(chongqing.patientId());
  }

  /**
   * Returns once the Chongqing hub, which leaves a failing partner alone for a while, asks again.
   */
  void awaitPartner() {
    if (!Waiting.until(Duration.ofSeconds(60), chongqing::everyPartnerAnswers)) {
      throw new LaunchFailure("The Chongqing hub still does not hear the Linshui hub");
    }
  }

  /** What is wrong on purpose, before Chongqing orders. */
  private void arrange() {
    fault.ifPresent(
        wrong -> {
          switch (wrong) {
            case EVIDENCE_LAPSED -> {
              new QualityEvidence(scene.stack()).lapsed();
              scene.narrator().note("");
              scene.narrator().note("! The laboratory's quality evidence has lapsed");
            }
            case PARTNER_DOWN -> {
              scene.stack().hub(Region.LINSHUI).stop();
              scene.narrator().note("");
              scene.narrator().note("! The Linshui hub has been stopped");
            }
            case OTHER_PERSON -> {
              scene.narrator().note("");
              scene
                  .narrator()
                  .note("! Chongqing will admit another person: " + cast.admitted().residentId());
            }
          }
        });
  }
}

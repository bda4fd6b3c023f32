package io.yitong.hub.recognition.results;

import io.yitong.hub.exchange.Partner;

/** A partner that did not answer, so that its results are missing from what was found. */
public sealed interface Silence {
  Partner partner();

  record NotInTime(Partner partner) implements Silence {}

  record Refused(Partner partner) implements Silence {}
}

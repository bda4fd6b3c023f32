package io.yitong.hub.recognition.decision;

import java.util.Optional;

/** One ground on which a result is not recommended. */
interface Rule {
  Optional<Objection> objection(Candidate result, Circumstances circumstances);
}

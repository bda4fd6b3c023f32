package io.yitong.hub.recognition.decision;

import java.util.Optional;

/** 《医疗机构检查检验结果互认管理办法》: a passed quality control is the precondition of recognition. */
final class QualityEvidenceRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    return QualityStanding.of(result, circumstances) instanceof QualityStanding.Objected objected
        ? Optional.of(objected.objection())
        : Optional.empty();
  }
}

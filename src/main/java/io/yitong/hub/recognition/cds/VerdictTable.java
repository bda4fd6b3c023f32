package io.yitong.hub.recognition.cds;

import io.yitong.hub.recognition.decision.Candidate;
import io.yitong.hub.recognition.decision.Item;
import io.yitong.hub.recognition.decision.RegionTime;
import io.yitong.hub.recognition.decision.ResultValue;
import io.yitong.hub.recognition.decision.Verdict;
import io.yitong.hub.recognition.decision.Verdict.LeftToDoctor;
import io.yitong.hub.recognition.decision.Verdict.NotRecommended;
import io.yitong.hub.recognition.decision.Verdict.Recommended;
import java.util.List;
import java.util.stream.Collectors;

/** The verdicts of a card as a markdown table, one analyte a row. */
final class VerdictTable {
  private static final String HEAD =
      "| 项目 | 结果 | 参考范围 | 采集时间 | 检测实验室 | 标识 | 有效期至 / 说明 |\n" + "|---|---|---|---|---|---|---|\n";

  private VerdictTable() {}

  static String of(List<Verdict> analytes) {
    return HEAD + analytes.stream().map(VerdictTable::row).collect(Collectors.joining());
  }

  private static String row(Verdict verdict) {
    if (verdict instanceof Recommended yes) {
      return row(
          yes.item(),
          yes.result(),
          shown(yes.result().value(), yes.comparable()),
          yes.scope().markChinese(),
          RegionTime.day(yes.validUntil()).toString());
    }
    if (verdict instanceof LeftToDoctor left) {
      return row(
          left.item(),
          left.result(),
          left.result().value().shown(),
          left.scope().markChinese(),
          "由医师判断：" + left.guard().chinese());
    }
    if (verdict instanceof NotRecommended no) {
      return row(
          no.item(),
          no.result(),
          no.result().value().shown(),
          "",
          "不推荐：" + no.objection().chinese());
    }
    return "| %s | 未查到 | | | | | |\n".formatted(cell(verdict.item().chinese()));
  }

  private static String row(Item item, Candidate result, String value, String mark, String remark) {
    return "| %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            cell(item.chinese()),
            cell(value),
            cell(result.range().map(range -> range.shown()).orElse("")),
            result.collected().map(RegionTime::minute).orElse("不详"),
            cell(result.laboratory().map(Candidate.Laboratory::name).orElse("不详")),
            cell(mark),
            cell(remark));
  }

  /** As the laboratory gave it, and in the catalogue's unit where that differs. */
  private static String shown(ResultValue given, ResultValue comparable) {
    return given.shown().equals(comparable.shown()) || sameNumber(given, comparable)
        ? given.shown()
        : given.shown() + "（" + comparable.shown() + "）";
  }

  private static boolean sameNumber(ResultValue given, ResultValue comparable) {
    return given instanceof ResultValue.Measured one
        && comparable instanceof ResultValue.Measured other
        && one.number().compareTo(other.number()) == 0;
  }

  /** What others wrote: no bar, no line break, no markup. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "\\<").replaceAll("\\s+", " ").strip();
  }
}

package io.yitong.hub.recognition.decision;

import static io.yitong.hub.recognition.decision.Cases.AT;
import static io.yitong.hub.recognition.decision.Cases.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each rule by itself, at its edges. */
class RulesTest {
  private static final String GOOD = "chuanyu passed until 2026-12-31";

  @Test
  void an_item_with_a_window_is_not_for_show_only() {
    assertThat(said(new NotShowOnlyRule(), "ALT 32 U/L linshui 2026-03-01T07:30")).isEmpty();
    assertThat(said(new NotShowOnlyRule(), "cTnI 3 ng/L linshui 2026-03-01T07:30"))
        .contains("该项目仅供参考，不在互认范围内");
  }

  @Test
  void a_final_report_is_final() {
    assertThat(said(new FinalReportRule(), "ALT 32 U/L linshui 2026-03-01T07:30")).isEmpty();
    assertThat(said(new FinalReportRule(), "ALT 32 U/L linshui 2026-03-01T07:30 preliminary"))
        .contains("报告尚未审核发布");
  }

  @Test
  void the_window_includes_its_last_moment() {
    assertThat(said(new CollectionTimeRule(), "K 4.1 mmol/L linshui 2026-02-23T09:00")).isEmpty();
    assertThat(said(new CollectionTimeRule(), "K 4.1 mmol/L linshui 2026-02-23T08:59"))
        .contains("采集于 2026-02-23 08:59，已超过 7 天的互认期限");
    assertThat(said(new CollectionTimeRule(), "K 4.1 mmol/L linshui 2026-03-02T09:00")).isEmpty();
    assertThat(said(new CollectionTimeRule(), "K 4.1 mmol/L linshui 2026-03-02T09:01"))
        .contains("采集时间 2026-03-02 09:01 晚于当前时间");
    assertThat(said(new CollectionTimeRule(), "K 4.1 mmol/L linshui -")).contains("采集时间不详");
  }

  @Test
  void a_bedside_an_unfit_and_a_critical_result_are_measured_again() {
    var rule = new ReliabilityRule();

    assertThat(said(rule, "K 4.1 mmol/L linshui 2026-03-01T07:30")).isEmpty();
    assertThat(said(rule, "K 4.1 mmol/L linshui 2026-03-01T07:30 bedside"))
        .contains("床旁检测（POCT）结果不互认");
    assertThat(said(rule, "K 4.1 mmol/L linshui 2026-03-01T07:30 unreliable"))
        .contains("标本不合格（溶血、脂血或量不足）");
    assertThat(said(rule, "K 6.9 mmol/L linshui 2026-03-01T07:30 critical")).contains("结果为危急值");
  }

  @Test
  void a_specimen_not_stated_is_taken_as_the_items_own() {
    var rule = new SpecimenRule();

    assertThat(said(rule, "ALT 32 U/L linshui 2026-03-01T07:30")).isEmpty();
    assertThat(said(rule, "ALT 32 U/L linshui 2026-03-01T07:30 specimen=SERUM")).isEmpty();
    assertThat(said(rule, "ALT 32 U/L linshui 2026-03-01T07:30 specimen=URINE")).contains("标本类型不同");
  }

  @Test
  void evidence_that_lapsed_is_named_by_its_last_day() {
    var rule = new QualityEvidenceRule();
    var result = "ALT 32 U/L linshui 2026-03-01T07:30";

    assertThat(said(rule, result, GOOD, "in control")).isEmpty();
    assertThat(said(rule, result, "chuanyu passed until 2026-03-02", "in control")).isEmpty();
    assertThat(said(rule, result, "chuanyu passed until 2026-03-01", "in control"))
        .contains("检测实验室该项目室间质评已于 2026-03-01 失效");
    assertThat(said(rule, result, "chuanyu failed until 2026-12-31", "in control"))
        .contains("检测实验室该项目室间质评不合格（2025-12-01 公布）");
  }

  @Test
  void a_round_published_after_collection_does_not_count_for_it() {
    assertThat(said(new QualityEvidenceRule(), "ALT 32 U/L linshui 2025-11-30T07:30"))
        .contains("检测实验室采集时没有该项目的室间质评合格记录");
  }

  @Test
  void internal_control_is_asked_of_the_moment_of_release() {
    var rule = new InternalControlRule();
    var result = "ALT 32 U/L linshui 2026-03-01T07:30";

    assertThat(said(rule, result, GOOD, "in control")).isEmpty();
    assertThat(said(rule, result, GOOD, "out of control")).contains("报告发布时该项目室内质控失控");
    assertThat(said(rule, "ALT 32 U/L linshui 2025-12-31T07:30", GOOD, "in control"))
        .contains("报告发布时该项目室内质控状态不详");
  }

  @Test
  void a_value_must_be_there_and_in_a_unit_of_its_kind() {
    var rule = new ComparableValueRule();

    assertThat(said(rule, "ALT 32 U/L linshui 2026-03-01T07:30")).isEmpty();
    assertThat(said(rule, "ALT 32 g/L linshui 2026-03-01T07:30")).contains("单位 g/L 无法换算为 U/L");
    assertThat(said(rule, "ALT - U/L linshui 2026-03-01T07:30")).contains("没有可用的结果值");
  }

  @Test
  void a_newer_result_speaks_against_it_from_one_step_beyond_the_tolerance() {
    var rule = new NewerResultRule();
    var earlier = "ALT 100 U/L linshui 2026-03-01T07:30; ";

    assertThat(said(rule, earlier + "ALT 116 U/L township 2026-03-02T06:00")).isEmpty();
    assertThat(said(rule, earlier + "ALT 117 U/L township 2026-03-02T06:00"))
        .contains("2026-03-02 06:00 的较新结果（117 U/L）与之不一致");
    assertThat(said(rule, earlier + "ALT 900 U/L township 2026-02-28T06:00")).isEmpty();
    assertThat(said(rule, earlier + "ALT 900 U/L township 2026-03-02T06:00 void")).isEmpty();
    assertThat(said(rule, earlier + "ALT 900 U/L township 2026-03-02T06:00 specimen=URINE"))
        .isEmpty();
  }

  private static Optional<String> said(Rule rule, String results) {
    return said(rule, results, GOOD, "in control");
  }

  /** What the rule says against the first of {@code results}. */
  private static Optional<String> said(Rule rule, String results, String quality, String control) {
    var candidates = Cases.results(results);
    var judged = candidates.get(0);
    return rule.objection(
            judged,
            new Circumstances(
                CATALOGUE.item(judged.item()).orElseThrow(),
                new Order(Cases.CHONGQING, Optional.empty(), List.of()),
                candidates,
                Cases.evidence(quality, control),
                CATALOGUE,
                new Comparables(CATALOGUE.formulas(), Cases.UNITS::convert),
                AT))
        .map(Objection::chinese);
  }
}

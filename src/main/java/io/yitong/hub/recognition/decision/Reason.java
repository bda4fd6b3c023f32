package io.yitong.hub.recognition.decision;

import java.util.Locale;

/** Why an earlier result is not recommended. Texts take the objection's arguments in order. */
public enum Reason {
  SHOW_ONLY("该项目仅供参考，不在互认范围内", "The item is shown only; it is not recognised"),
  NOT_FINAL("报告尚未审核发布", "The report is not final"),
  COLLECTION_TIME_UNKNOWN("采集时间不详", "The collection time is unknown"),
  COLLECTED_IN_THE_FUTURE("采集时间 {0} 晚于当前时间", "The collection time {0} lies in the future"),
  OUTSIDE_WINDOW(
      "采集于 {0}，已超过 {1} 天的互认期限", "Collected {0}, outside the validity window of {1} days"),
  UNRELIABLE("标本不合格（溶血、脂血或量不足）", "The specimen was unfit (haemolysed, lipaemic or insufficient)"),
  POINT_OF_CARE("床旁检测（POCT）结果不互认", "Point-of-care results are not recognised"),
  CRITICAL_VALUE("结果为危急值", "The result is a critical value"),
  SPECIMEN_DIFFERS("标本类型不同", "The specimen is of another kind"),
  VALUE_MISSING("没有可用的结果值", "There is no value to use"),
  UNIT_NOT_CONVERTIBLE("单位 {0} 无法换算为 {1}", "The unit {0} cannot be converted to {1}"),
  LABORATORY_UNKNOWN("检测实验室不详", "The performing laboratory is unknown"),
  SCOPE_NOT_SHARED(
      "检测实验室的室间质评不在两机构共同的互认范围内",
      "The laboratory''s quality assessment is of no scope that both institutions share"),
  EQA_MISSING(
      "检测实验室采集时没有该项目的室间质评合格记录",
      "The laboratory held no external quality assessment of the item at collection"),
  MARK_NOT_REGISTERED(
      "报告印有互认标识，但质评登记中没有相应的合格记录",
      "The report claims a recognition mark that the register does not hold"),
  EQA_FAILED(
      "检测实验室该项目室间质评不合格（{0} 公布）",
      "The laboratory failed the external quality assessment of the item (published {0})"),
  EQA_LAPSED(
      "检测实验室该项目室间质评已于 {0} 失效",
      "The laboratory''s external quality assessment of the item lapsed on {0}"),
  CONTROL_OUT("报告发布时该项目室内质控失控", "Internal quality control was out of control at release"),
  CONTROL_UNKNOWN(
      "报告发布时该项目室内质控状态不详", "The state of internal quality control at release is unknown"),
  NEWER_RESULT_DISAGREES("{0} 的较新结果（{1}）与之不一致", "A newer result of {0} ({1}) disagrees"),
  NEWER_RESULT_NOT_COMPARABLE(
      "{0} 的较新结果（{1}）无法与之比较", "A newer result of {0} ({1}) cannot be compared with it");

  private final String chinese;
  private final String english;

  Reason(String chinese, String english) {
    this.chinese = chinese;
    this.english = english;
  }

  /** For example {@code eqa-lapsed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String chinese() {
    return chinese;
  }

  String english() {
    return english;
  }
}

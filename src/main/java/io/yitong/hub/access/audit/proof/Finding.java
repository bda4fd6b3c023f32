package io.yitong.hub.access.audit.proof;

import java.text.MessageFormat;
import java.util.Locale;

/**
 * One thing that is wrong with the audit.
 *
 * @param chain 0 or more; -1 when it is about a statement
 * @param from first number concerned: rows of the chain, or the statement
 * @param to last one
 * @param checkpoint number of the checkpoint that shows it; 0 when none does
 */
public record Finding(Kind kind, int chain, long from, long to, int checkpoint) {

  /** {0} chain, {1} first, {2} last, {3} checkpoint. */
  public enum Kind {
    ROW_CHANGED("链 {0} 第 {1} 行被改动", "chain {0}: row {1} was changed"),
    ROWS_REMOVED(
        "链 {0} 中间缺少第 {1} 至 {2} 行", "chain {0}: rows {1} to {2} were removed from the middle"),
    ROW_INSERTED("链 {0} 第 {1} 行是后来加入的", "chain {0}: row {1} was put in afterwards"),
    NEWEST_REMOVED(
        "链 {0} 最新的第 {1} 至 {2} 行被删除", "chain {0}: the newest rows, {1} to {2}, were removed"),
    NEWEST_REMOVED_BY_CHECKPOINT(
        "链 {0} 第 {1} 至 {2} 行被删除，检查点 {3} 证明其存在过",
        "chain {0}: rows {1} to {2}, which checkpoint {3} saw, were removed"),
    REWRITTEN(
        "链 {0} 至第 {1} 行与检查点 {3} 不符，之前的行被重写",
        "chain {0}: up to row {1} it is not what checkpoint {3} signed; rows were rewritten"),
    HEAD_ALTERED("链 {0} 的链头被改动（第 {1} 行）", "chain {0}: its head was altered (row {1})"),
    CHAIN_REMOVED("链 {0} 整条被删除", "chain {0} was removed as a whole"),
    CHECKPOINT_ALTERED(
        "检查点 {1} 被改动，或其签名不符", "checkpoint {1} was altered, or its signature is not right"),
    CHECKPOINT_REMOVED("检查点 {1} 被删除", "checkpoint {1} was removed"),
    EXPIRY_ALTERED("到期删除记录 {1} 被改动或删除", "expiry {1} was altered or removed"),
    KEY_UNKNOWN(
        "检查点或到期记录 {1} 由另一把密钥签名", "statement {1} was signed by another key than the one trusted");

    private final String zh;
    private final String en;

    Kind(String zh, String en) {
      this.zh = zh;
      this.en = en;
    }
  }

  static Finding row(Kind kind, int chain, long seq) {
    return new Finding(kind, chain, seq, seq, 0);
  }

  static Finding statement(Kind kind, int number) {
    return new Finding(kind, -1, number, number, 0);
  }

  public String zh() {
    return told(kind.zh);
  }

  public String en() {
    return told(kind.en);
  }

  private String told(String text) {
    return new MessageFormat(text, Locale.ROOT)
        .format(
            new Object[] {
              Integer.toString(chain),
              Long.toString(from),
              Long.toString(to),
              Integer.toString(checkpoint)
            });
  }
}

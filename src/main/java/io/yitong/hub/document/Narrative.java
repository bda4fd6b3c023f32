package io.yitong.hub.document;

import java.util.List;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;

/** What a person reads: one table a section, its headings in Chinese and English. */
final class Narrative {
  private static final String NOTHING_KNOWN = "平台未保存相关信息 No information is held";

  private Narrative() {}

  /**
   * @param isCut whether only the latest of them are told
   */
  static org.hl7.fhir.r4.model.Narrative of(
      SummarySection section, List<SummaryItem> items, boolean isCut) {
    var html = new StringBuilder();
    html.append("<h3>").append(escaped(section.title())).append("</h3>");
    if (items.isEmpty()) {
      html.append("<p>").append(NOTHING_KNOWN).append("</p>");
    } else {
      html.append("<table><thead><tr><th>项目 Item</th><th>内容 Detail</th><th>日期 Date</th></tr>")
          .append("</thead><tbody>");
      for (var item : items) {
        html.append("<tr>");
        for (var cell : List.of(item.text(), item.detail(), item.when())) {
          html.append("<td>").append(escaped(cell)).append("</td>");
        }
        html.append("</tr>");
      }
      html.append("</tbody></table>");
    }
    if (isCut) {
      html.append("<p>仅列出最近的 ")
          .append(items.size())
          .append(" 条 The latest ")
          .append(items.size())
          .append(" only</p>");
    }
    var narrative = new org.hl7.fhir.r4.model.Narrative();
    narrative.setStatus(NarrativeStatus.GENERATED);
    narrative.setDivAsString(
        "<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-CN\" xml:lang=\"zh-CN\">"
            + html
            + "</div>");
    return narrative;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package io.yitong.hub.launch.demo;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/** What the township's laboratory system exports: other analytes, a week before. */
final class TownshipFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private TownshipFile() {}

  static String write(Cast cast) {
    var person = cast.patient();
    var collected = cast.registered().minusDays(7);
    var glucose = 4.0 + new Random(person.residentId().hashCode()).nextDouble() * 2.0;
    return """
    患者号,姓名,性别,出生日期,身份证号,报告单号,标本类型,采集时间,报告时间,项目代码,项目名称,结果,单位,参考下限,参考上限
    %s,%s,%s,%s,%s,%s,血清,%s,%s,血糖,葡萄糖,%s,mmol/L,3.9,6.1
    """
        .formatted(
            cast.townshipNumber(),
            person.name(),
            person.male() ? "男" : "女",
            person.born(),
            person.residentId(),
            "TR" + cast.mark(),
            collected.format(TIME),
            collected.plusHours(2).format(TIME),
            String.format(Locale.ROOT, "%.1f", glucose));
  }
}

package io.yitong.hub.mapping;

import com.sun.management.OperatingSystemMXBean;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.mapping.hl7v2.Hl7Message;
import io.yitong.hub.mapping.hl7v2.MapHl7Message;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * How many ORU^R01 of 20 results and about 8 KB are mapped in one second of processor time, garbage
 * collection and all, whatever else the machine does. Run by hand: {@code java -XX:+UseSerialGC -cp
 * target/classes:target/test-classes:$(cat target/launch.classpath)
 * io.yitong.hub.mapping.MeasureMapping}.
 */
public final class MeasureMapping {
  private static final int ROUNDS = 8;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private MeasureMapping() {}

  public static void main(String[] arguments) {
    var text = message();
    var map = new MapHl7Message();
    System.out.printf("%d bytes%n", text.getBytes(StandardCharsets.UTF_8).length);
    measure("parse", text, Hl7Message::parse);
    measure("parse and map", text, t -> mapped(map, t));
    measure("parse, map and write JSON", text, t -> FhirJson.write(mapped(map, t).transaction()));
  }

  private static Mapped.Success mapped(MapHl7Message map, String text) {
    var message = Hl7Message.parse(text);
    return (Mapped.Success) map.map(message, Dialects.PEOPLES_HOSPITAL, "urn:uuid:1");
  }

  /** The last round counts: by then it is compiled. */
  private static void measure(String what, String text, Consumer<String> work) {
    var rate = 0.0;
    for (var round = 0; round < ROUNDS; round++) {
      var count = 0;
      var start = SYSTEM.getProcessCpuTime();
      var end = start;
      while (end - start < ROUND_NANOS) {
        for (var i = 0; i < 50; i++) {
          work.accept(text);
        }
        count += 50;
        end = SYSTEM.getProcessCpuTime();
      }
      rate = count * 1e9 / (end - start);
    }
    System.out.printf("%-28s %,8.0f /s%n", what, rate);
  }

  private static String message() {
    var text =
        new StringBuilder(
            """
            MSH|^~\\&|LIS|LSRMYY|HUB|R|20260301101500||ORU^R01^ORU_R01|1|P|2.5.1||||||UNICODE UTF-8
            PID|1||100234^^^HIS^MR~511623198503140019^^^CHN^NI||王^瑋||19850314|M
            PV1|1|O|0203^^^消化内科||||1041^陈^芳||||||||||||V1
            ORC|RE|SQ1|JY1||CM
            OBR|1|SQ1|JY1|LIVER^肝功能|||20260301073000|||||||20260301080000|SER^血清|1041^陈^芳||||||20260301100000||CH|F
            """);
    for (var i = 1; i <= 20; i++) {
      text.append(
          """
          OBX|%1$d|NM|ITEM%1$d^丙氨酸氨基转移酶测定项目%1$d||%1$d3.5|U/L|9-50|N|||F|||20260301073000|||速率法|Cobas8000|20260301093000
          NTE|1|L|本结果仅对该标本负责，如有疑问请于三日内与检验科联系，复查请携带本报告单
          NTE|2|L|参考区间为本实验室验证后使用，孕妇与儿童请咨询医师，谢谢配合
          """
              .formatted(i));
    }
    return text.toString().replace('\n', '\r');
  }
}

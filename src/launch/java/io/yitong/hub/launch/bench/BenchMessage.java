package io.yitong.hub.launch.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** ORU^R01 of a new patient with 20 results, values within and beyond their ranges. */
record BenchMessage(String controlId, String text) {
  private static final Random VALUES = new Random(20260301);

  private static final String[] ANALYTES = {
    "TP^总蛋白|g/L|65-85", "ALB^白蛋白|g/L|40-55", "TBIL^总胆红素|μmol/L|3.4-20.5",
    "DBIL^直接胆红素|μmol/L|0-6.8", "ALT^丙氨酸氨基转移酶|U/L|9-50", "AST^天门冬氨酸氨基转移酶|U/L|15-40",
    "ALP^碱性磷酸酶|U/L|45-125", "GGT^γ-谷氨酰基转移酶|U/L|10-60", "UREA^尿素|mmol/L|3.1-8.0",
    "CREA^肌酐|μmol/L|57-97", "UA^尿酸|μmol/L|208-428", "GLU^葡萄糖|mmol/L|3.9-6.1",
    "TC^总胆固醇|mmol/L|0-5.2", "TG^甘油三酯|mmol/L|0-1.7", "K^钾|mmol/L|3.5-5.3",
    "NA^钠|mmol/L|137-147", "CL^氯|mmol/L|99-110", "CA^钙|mmol/L|2.11-2.52",
    "MG^镁|mmol/L|0.75-1.02", "P^磷|mmol/L|0.85-1.51"
  };

  static synchronized BenchMessage next() {
    var id = UUID.randomUUID().toString().substring(0, 13).toUpperCase(Locale.ROOT);
    var text = new StringBuilder(3000);
    text.append("MSH|^~\\&|LIS|BENCH|YITONG|HUB|20260301103000||ORU^R01^ORU_R01|")
        .append(id)
        .append("|P|2.5.1||||||UNICODE UTF-8\rPID|1||B")
        .append(id)
        .append("^^^BENCH^MR||测试")
        .append((char) ('一' + VALUES.nextInt(5000)))
        .append("||19600101|F\rPV1|1|O\rORC|RE|O")
        .append(id)
        .append("|F")
        .append(id)
        .append("\rOBR|1|O")
        .append(id)
        .append("|F")
        .append(id)
        .append("|CHEM20^生化全套^L|||20260301073000|||||||||||||||20260301100000|||F\r");
    for (var i = 0; i < ANALYTES.length; i++) {
      var parts = ANALYTES[i].split("\\|", -1);
      text.append("OBX|")
          .append(i + 1)
          .append("|NM|")
          .append(parts[0])
          .append("^L||")
          .append(String.format(Locale.ROOT, "%.2f", 1 + VALUES.nextDouble() * 100))
          .append('|')
          .append(parts[1])
          .append('|')
          .append(parts[2])
          .append("||||F|||20260301073000\r");
    }
    return new BenchMessage(id, text.toString());
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

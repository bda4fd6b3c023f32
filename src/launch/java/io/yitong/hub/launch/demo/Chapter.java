package io.yitong.hub.launch.demo;

/** The steps of the story, in their order. */
public enum Chapter {
  REGISTRATION("患者在邻水县人民医院挂号", "A patient registers at Linshui County People's Hospital"),
  RESULTS("检验科发出肝功能结果", "The laboratory sends a liver panel"),
  TOWNSHIP_FILE("镇卫生院放入 CSV 结果文件", "A township health centre drops a CSV file"),
  RECORD("邻水平台提供 FHIR 档案", "The Linshui hub serves the FHIR record"),
  ADMISSION("次日在重庆入院", "The next day: admission in Chongqing"),
  PERSON("重庆平台认出是同一人", "The Chongqing hub knows the person"),
  FINDING("医生开立肝功能；平台查找既往结果", "The doctor orders a liver panel; the hub looks for earlier results"),
  RECOMMENDATION("平台推荐互认", "The hub recommends recognition"),
  ACCEPTANCE("医生认可；医嘱撤销并关联来源", "The doctor accepts; the order is withdrawn and linked"),
  COUNT("监管部门读取互认数与节约金额", "The regulator reads count and savings"),
  STRANGER("无关医院被拒绝", "A hospital of no relation is refused"),
  AUDIT("每次查看均有审计记录", "Every look is in the audit");

  private final String chinese;
  private final String english;

  Chapter(String chinese, String english) {
    this.chinese = chinese;
    this.english = english;
  }

  int number() {
    return ordinal() + 1;
  }

  String title() {
    return "%d. %s · %s".formatted(number(), chinese, english);
  }
}

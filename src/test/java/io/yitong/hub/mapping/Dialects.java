package io.yitong.hub.mapping;

import io.yitong.hub.fhir.InstitutionId;

/** The institutions whose messages stand in src/test/resources/mapping. */
public final class Dialects {
  public static final Dialect PEOPLES_HOSPITAL =
      Dialect.usual(
          new InstitutionId("urn:yitong:institution:511623-people-hospital"),
          "邻水县人民医院",
          "Linshui County People's Hospital");
  public static final Dialect UNIVERSITY_HOSPITAL =
      Dialect.usual(
          new InstitutionId("urn:yitong:institution:500106-university-hospital"),
          "重庆大学城医院（示例）",
          "Chongqing University Town Hospital (example)");
  public static final Dialect TOWNSHIP =
      Dialect.usual(
          new InstitutionId("urn:yitong:institution:511623-dingping-township"),
          "鼎屏镇中心卫生院",
          "Dingping Township Health Centre");

  private Dialects() {}
}

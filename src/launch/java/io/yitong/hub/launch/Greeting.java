package io.yitong.hub.launch;

import java.io.PrintStream;

/** What a person wants to know once everything runs: where, and as whom. */
final class Greeting {
  private final Stack stack;

  Greeting(Stack stack) {
    this.stack = stack;
  }

  void print(PrintStream out) {
    var settings = stack.settings();
    out.println();
    for (var region : Region.values()) {
      var address = stack.hub(region).address();
      out.printf(
          "%s %s hub      %s/          FHIR %s/fhir%n",
          region.chinese(), region.english(), address, address);
    }
    out.printf("Keycloak        http://localhost:%d/%n", settings.keycloakPort());
    out.println();
    out.println("Logins to the console");
    login(out, Region.CHONGQING, "doctor", "重庆大学城医院（示例）");
    login(out, Region.CHONGQING, "operator", "平台运维");
    login(out, Region.CHONGQING, "regulator", "卫生健康委");
    login(out, Region.LINSHUI, "doctor", "邻水县人民医院");
    login(out, Region.LINSHUI, "operator", "平台运维");
    out.println();
    out.println("Next: ./yitong demo    ./yitong token chongqing-his    ./yitong down");
  }

  private void login(PrintStream out, Region region, String user, String who) {
    out.printf("  %-10s %-10s %s   %s%n", region.code(), user, stack.password(region, user), who);
  }
}

package io.yitong.hub.launch.bench.load;

/** What is to be measured of plain PostgreSQL. */
public record YardstickOrder(
    Yardstick yardstick,
    String jdbcUrl,
    String user,
    String password,
    int connections,
    double seconds) {

  /** A password is not for logs. */
  @Override
  public String toString() {
    return "%s at %s, %d connections".formatted(yardstick, jdbcUrl, connections);
  }
}

package io.yitong.hub.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SocketAddress;
import io.yitong.hub.access.http.RateLimits.Excess;
import io.yitong.hub.access.token.Bearer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
  private static final long SECOND = 1_000_000_000;

  private long now;
  private final RateLimits limits =
      new RateLimits(settings("slow=1/2, report-writer=5/5"), () -> now);

  @Test
  void a_client_has_its_own_limit_or_the_usual_one() {
    var slow = new Bearer.Stranger("slow", "slow");
    var usual = new Bearer.Stranger("his", "his");

    assertThat(passed(slow, 20)).isEqualTo(2);
    assertThat(passed(usual, 20)).isEqualTo(10);
    now += SECOND;
    assertThat(passed(slow, 20)).isEqualTo(1);
  }

  @Test
  void people_at_one_app_do_not_hold_each_other_up() {
    assertThat(passed(new Bearer.Stranger("slow", "doctor"), 20)).isEqualTo(2);
    assertThat(passed(new Bearer.Stranger("slow", "nurse"), 20)).isEqualTo(2);
  }

  @Test
  void who_is_refused_hears_how_many_whole_seconds_to_wait_and_one_row_a_second_is_kept() {
    var slow = new Bearer.Stranger("slow", "slow");
    passed(slow, 2);

    assertThat(limits.ofCaller(slow)).contains(new Excess(1, true));
    assertThat(limits.ofCaller(slow)).contains(new Excess(1, false));
    now += SECOND;
    passed(slow, 1);
    assertThat(limits.ofCaller(slow)).contains(new Excess(1, true));
  }

  @Test
  void without_a_token_an_address_is_counted_and_of_IPv6_the_network() {
    assertThat(passed("192.0.2.1", 20)).isEqualTo(4);
    assertThat(passed("192.0.2.2", 20)).isEqualTo(4);
    assertThat(passed("2001:db8:0:1::1", 20)).isEqualTo(4);
    assertThat(passed("2001:db8:0:1:ffff::2", 20)).isZero();
    assertThat(passed("2001:db8:0:2::1", 20)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"his", "his=5", "his=5/", "his=a/5", "his=0/5", "=5/5"})
  void a_limit_that_is_none_ends_the_start(String clients) {
    assertThatThrownBy(() -> new RateLimits(settings(clients), () -> now))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long passed(Bearer bearer, int requests) {
    return Stream.generate(() -> limits.ofCaller(bearer))
        .limit(requests)
        .filter(Optional::isEmpty)
        .count();
  }

  private long passed(String address, int requests) {
    return Stream.generate(() -> limits.ofAddress(SocketAddress.inetSocketAddress(1, address)))
        .limit(requests)
        .filter(Optional::isEmpty)
        .count();
  }

  private static RateLimits.Settings settings(String clients) {
    return new RateLimits.Settings() {
      @Override
      public int client() {
        return 10;
      }

      @Override
      public int clientBurst() {
        return 10;
      }

      @Override
      public Optional<String> clients() {
        return Optional.of(clients);
      }

      @Override
      public int address() {
        return 2;
      }

      @Override
      public int addressBurst() {
        return 4;
      }
    };
  }
}

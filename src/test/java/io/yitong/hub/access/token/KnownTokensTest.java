package io.yitong.hub.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTokensTest {
  private static final TokenDigest ONE = TokenDigest.of("one");
  private static final TokenDigest OTHER = TokenDigest.of("other");

  private final SetClock clock = new SetClock();
  private final KnownTokens tokens = new KnownTokens(checkAfter("PT20S"), clock);

  @Test
  void a_token_is_known_until_it_expires() {
    tokens.remember(ONE, identity("a"), Instant.ofEpochSecond(60), Tenants.OWN);

    clock.millis = 59_999;
    assertThat(tokens.find(ONE)).isPresent();
    assertThat(tokens.find(OTHER)).isEmpty();
    clock.millis = 60_000;
    assertThat(tokens.find(ONE)).isEmpty();
  }

  @Test
  void of_two_who_bring_it_at_once_both_get_the_same_to_ask_about() {
    var first = tokens.remember(ONE, identity("a"), Instant.ofEpochSecond(60), Tenants.OWN);
    var second = tokens.remember(ONE, identity("a"), Instant.ofEpochSecond(60), Tenants.OWN);

    assertThat(second).isSameAs(first);
  }

  @Test
  void a_refused_token_is_known_no_more_and_looked_at_again_after_ten_seconds() {
    tokens.remember(ONE, identity("a"), Instant.ofEpochSecond(60), Tenants.OWN);

    tokens.refuse(ONE);

    assertThat(tokens.find(ONE)).isEmpty();
    assertThat(tokens.isRefused(ONE)).isTrue();
    assertThat(tokens.isRefused(OTHER)).isFalse();
    clock.millis = 10_000;
    assertThat(tokens.isRefused(ONE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT25.001S", "PT1H", "PT-1S"})
  void revocation_cannot_be_left_unasked_nor_asked_too_late(String period) {
    assertThatThrownBy(() -> new KnownTokens(checkAfter(period), clock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("yitong.token.revocation-check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT25S"})
  void within_its_bounds_the_period_is_the_sites_choice(String period) {
    assertThat(new KnownTokens(checkAfter(period), clock).find(ONE)).isEmpty();
  }

  private static SecurityIdentity identity(String name) {
    return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).build();
  }

  private static TokenSettings checkAfter(String period) {
    return new TokenSettings() {
      @Override
      public Duration revocationCheck() {
        return Duration.parse(period);
      }

      @Override
      public Duration issuerTimeout() {
        return Duration.ofSeconds(3);
      }

      @Override
      public int remembered() {
        return 100;
      }
    };
  }
}

package io.yitong.hub.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens that were verified, and those that were refused, by digest. Bounded: what is forgotten is
 * verified again.
 */
@ApplicationScoped
class KnownTokens {
  /** A refused token is refused again without a look for this time. */
  private static final Duration REFUSED = Duration.ofSeconds(10);

  private final Cache<TokenDigest, Known> known;
  private final Cache<TokenDigest, Instant> refused;
  private final Cache<TokenDigest, Confirmation> sessions;
  private final Clock clock;
  private final Duration checkAfter;

  /**
   * @param identity what a request with this token is made as
   * @param expires milliseconds of the epoch
   */
  record Known(
      TokenDigest digest,
      Uni<SecurityIdentity> identity,
      long expires,
      String tenant,
      Confirmation confirmation) {}

  KnownTokens(TokenSettings settings, Clock clock) {
    this.clock = clock;
    this.checkAfter = settings.revocationCheck();
    var earliest = Duration.ofSeconds(1);
    var latest = Confirmation.LIMIT.minusSeconds(5);
    if (checkAfter.compareTo(earliest) < 0 || checkAfter.compareTo(latest) > 0) {
      throw new IllegalStateException(
          "yitong.token.revocation-check is %s, not from %s to %s: a token is refused within %s of its revocation"
              .formatted(checkAfter, earliest, latest, Confirmation.LIMIT));
    }
    this.known = Caffeine.newBuilder().maximumSize(settings.remembered()).build();
    this.refused = Caffeine.newBuilder().maximumSize(settings.remembered()).build();
    this.sessions = Caffeine.newBuilder().maximumSize(settings.remembered()).build();
  }

  /**
   * One that was verified and has not expired; whether the issuer stands by it is another thing.
   */
  Optional<Known> find(TokenDigest digest) {
    var found = known.getIfPresent(digest);
    if (found != null && clock.millis() >= found.expires()) {
      known.invalidate(digest);
      return Optional.empty();
    }
    return Optional.ofNullable(found);
  }

  /** After its signature and claims were verified; of several at a time one is kept. */
  Known remember(TokenDigest digest, SecurityIdentity identity, Instant expires, String tenant) {
    return known
        .asMap()
        .computeIfAbsent(
            digest,
            name ->
                new Known(
                    name,
                    Uni.createFrom().item(identity),
                    expires.toEpochMilli(),
                    tenant,
                    confirmation()));
  }

  /** Of the access token within a session of the console, which the extension verifies itself. */
  Confirmation ofSession(TokenDigest digest) {
    return sessions.get(digest, name -> confirmation());
  }

  private Confirmation confirmation() {
    return new Confirmation(clock, checkAfter);
  }

  void refuse(TokenDigest digest) {
    known.invalidate(digest);
    sessions.invalidate(digest);
    refused.put(digest, clock.instant().plus(REFUSED));
  }

  boolean isRefused(TokenDigest digest) {
    var until = refused.getIfPresent(digest);
    return until != null && clock.instant().isBefore(until);
  }
}

package io.yitong.hub.access.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.util.NetUtil;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.net.SocketAddress;
import io.yitong.hub.access.http.Bucket.Limit;
import io.yitong.hub.access.token.Bearer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many requests a caller may make: each client, and each person where a client is an app of
 * many; and each remote address for what comes without a valid token. Bounded: a bucket that is
 * forgotten is full again.
 */
@ApplicationScoped
class RateLimits {
  private static final int MOST_BUCKETS = 50_000;
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);
  private static final Pattern OF_CLIENT = Pattern.compile("([^=]+)=([0-9]{1,9})/([0-9]{1,9})");

  private final Cache<Object, Bucket> buckets;
  private final Limit usual;
  private final Limit unknown;
  private final Map<String, Limit> byClient;
  private final LongSupplier nanoseconds;

  /** Requests a second in the long run, and at once. */
  @ConfigMapping(prefix = "yitong.rate")
  interface Settings {
    @WithDefault("1000")
    int client();

    @WithDefault("5000")
    int clientBurst();

    /** Other limits, {@code client=rate/burst} parted by commas. */
    Optional<String> clients();

    /** Of one remote address, for what comes without a valid token. */
    @WithDefault("20")
    int address();

    @WithDefault("400")
    int addressBurst();
  }

  /** One client, or one person at one client. */
  private record Party(String client, String subject) {}

  /** Where a request came from; of IPv6 the network, since a host has many addresses there. */
  private record Origin(String address) {}

  /**
   * One too many.
   *
   * @param seconds until it is worth trying again
   * @param isWorthARow whether it is to be put on record
   */
  record Excess(long seconds, boolean isWorthARow) {}

  @Inject
  RateLimits(Settings settings) {
    this(settings, System::nanoTime);
  }

  RateLimits(Settings settings, LongSupplier nanoseconds) {
    this.nanoseconds = nanoseconds;
    this.buckets =
        Caffeine.newBuilder().maximumSize(MOST_BUCKETS).expireAfterAccess(FORGOTTEN).build();
    this.usual = Limit.of(settings.client(), settings.clientBurst());
    this.unknown = Limit.of(settings.address(), settings.addressBurst());
    this.byClient = settings.clients().map(RateLimits::parse).orElse(Map.of());
  }

  private static Map<String, Limit> parse(String text) {
    return Stream.of(text.split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .map(OF_CLIENT::matcher)
        .map(RateLimits::matched)
        .collect(
            Collectors.toUnmodifiableMap(
                part -> part.group(1),
                part ->
                    Limit.of(Integer.parseInt(part.group(2)), Integer.parseInt(part.group(3)))));
  }

  private static Matcher matched(Matcher part) {
    if (!part.matches()) {
      throw new IllegalArgumentException(
          "yitong.rate.clients is client=rate/burst, parted by commas, for example his=200/1000");
    }
    return part;
  }

  /** Counts a request of who has a valid token; empty when it may go on. */
  Optional<Excess> ofCaller(Bearer bearer) {
    return take(
        new Party(bearer.client(), bearer.subject()),
        byClient.getOrDefault(bearer.client(), usual));
  }

  /** Counts a request without a valid token; empty when it may go on. */
  Optional<Excess> ofAddress(SocketAddress remote) {
    return take(new Origin(network(remote.hostAddress())), unknown);
  }

  private Optional<Excess> take(Object key, Limit limit) {
    var now = nanoseconds.getAsLong();
    var bucket = buckets.get(key, name -> new Bucket(now));
    var wait = bucket.take(limit, now);
    return wait == 0
        ? Optional.empty()
        : Optional.of(
            new Excess(
                Duration.ofNanos(wait).plusMillis(999).toSeconds(), bucket.isWorthARow(now)));
  }

  private static String network(String address) {
    var bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length == 4) {
      return String.valueOf(address);
    }
    return HexFormat.of().formatHex(bytes, 0, 8);
  }
}

package io.yitong.hub.console;

import io.yitong.hub.console.Feeds.Count;
import io.yitong.hub.console.Feeds.Feed;
import io.yitong.hub.console.Feeds.LastError;
import io.yitong.hub.console.Feeds.Quality;
import io.yitong.hub.console.Feeds.State;
import io.yitong.hub.console.Feeds.Totals;
import io.yitong.hub.feed.FeedHealth;
import io.yitong.hub.feed.JournalState;
import io.yitong.hub.feed.MessageSummary;
import io.yitong.hub.feed.Sender;
import io.yitong.hub.feed.SenderHealth;
import io.yitong.hub.feed.Senders;
import io.yitong.hub.oversight.score.QualityBook;
import io.yitong.hub.oversight.score.QualityBook.Tally;
import io.yitong.hub.recognition.decision.RegionTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the hub's feeds are. */
@ApplicationScoped
class ShowFeeds {
  /** What FeedHealth counts. */
  private static final int WINDOW_HOURS = 24;

  private static final int REFRESH_SECONDS = 10;

  /** Enough for a sample of a few a second to say something. */
  private static final int QUALITY_DAYS = 7;

  private final FeedHealth health;
  private final Senders senders;
  private final QualityBook quality;
  private final Clock clock;

  ShowFeeds(FeedHealth health, Senders senders, QualityBook quality, Clock clock) {
    this.quality = quality;
    this.health = health;
    this.senders = senders;
    this.clock = clock;
  }

  Feeds show() {
    var now = clock.instant();
    var scores = scores(now);
    var feeds =
        health.all().stream()
            .map(sender -> feed(sender, Optional.ofNullable(scores.get(sender.institution())), now))
            .toList();
    return new Feeds(now, WINDOW_HOURS, REFRESH_SECONDS, totals(feeds), feeds);
  }

  /** By institution. */
  private Map<String, Quality> scores(Instant now) {
    var today = RegionTime.day(now);
    var scores = new HashMap<String, Quality>();
    quality
        .scores(today.minusDays(QUALITY_DAYS - 1), today, Optional.empty())
        .forEach(
            (institution, tallies) -> {
              var examined = tallies.stream().mapToLong(Tally::examined).sum();
              var flawed = tallies.stream().mapToLong(Tally::flawed).sum();
              if (examined > 0) {
                var percent =
                    BigDecimal.valueOf(100 * (examined - flawed))
                        .divide(BigDecimal.valueOf(examined), 1, RoundingMode.HALF_UP);
                scores.put(institution.urn(), new Quality(percent, examined, QUALITY_DAYS));
              }
            });
    return scores;
  }

  private Feed feed(SenderHealth sender, Optional<Quality> quality, Instant now) {
    return new Feed(
        sender.institution(),
        new Text(sender.nameZh(), sender.nameEn()),
        sender.sender().substring(sender.sender().lastIndexOf('/') + 1),
        transport(sender),
        sender.lastMessageAt().map(at -> Moment.of(at, now)),
        Arrays.stream(State.values()).map(state -> count(sender, state)).toList(),
        quality,
        sender.lastError().flatMap(message -> lastError(message, now)),
        sender.silent(),
        senders.of(sender.sender()).map(Sender::silentAfter).map(limit -> limit.toSeconds()),
        sender.problem());
  }

  private static String transport(SenderHealth sender) {
    var template = sender.template().toUpperCase(Locale.ROOT);
    return sender.port().isPresent() ? template + " " + sender.port().getAsInt() : template;
  }

  private static Count count(SenderHealth sender, State state) {
    return new Count(state, sender.lastDay().getOrDefault(journalled(state), 0L));
  }

  private static JournalState journalled(State state) {
    return switch (state) {
      case ACCEPTED -> JournalState.ACCEPTED;
      case WAITING -> JournalState.RECEIVED;
      case QUARANTINED -> JournalState.QUARANTINED;
      case REFUSED -> JournalState.REFUSED;
    };
  }

  private static Optional<LastError> lastError(MessageSummary message, Instant now) {
    return message
        .errorCode()
        .map(
            code ->
                new LastError(
                    code,
                    new Text(message.errorZh().orElse(code), message.errorEn().orElse(code)),
                    Moment.of(message.receivedAt(), now)));
  }

  private static Totals totals(List<Feed> feeds) {
    return new Totals(
        feeds.size(),
        (int) feeds.stream().filter(Feed::silent).count(),
        sum(feeds, State.ACCEPTED),
        sum(feeds, State.QUARANTINED) + sum(feeds, State.REFUSED));
  }

  private static long sum(List<Feed> feeds, State state) {
    return feeds.stream()
        .flatMap(feed -> feed.counts().stream())
        .filter(count -> count.state() == state)
        .mapToLong(Count::count)
        .sum();
  }
}

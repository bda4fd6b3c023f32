package io.yitong.hub.record.search;

import io.yitong.hub.record.search.plan.KeyFrequencies;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The commonest keys by PostgreSQL's own statistics, looked up again now and then. */
@ApplicationScoped
class CountedKeys {
  /** Rows that are sooner fetched and sorted than passed over. */
  private static final int MANY = 3000;

  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  private record Counted(Instant at, Set<Long> common) implements KeyFrequencies {
    @Override
    public boolean isCommon(long key) {
      return common.contains(key);
    }
  }

  private final Clock clock;
  private volatile Counted counted = new Counted(Instant.MIN, Set.of());

  CountedKeys(Clock clock) {
    this.clock = clock;
  }

  KeyFrequencies asOf(Connection connection) {
    var now = clock.instant();
    if (counted.at().isBefore(now.minus(GOOD_FOR))) {
      counted = new Counted(now, common(connection));
    }
    return counted;
  }

  private static Set<Long> common(Connection connection) {
    return new HashSet<>(
        Sql.of(
                """
                select k.key
                from pg_stats s
                join pg_class c on c.oid = to_regclass('resource')
                cross join lateral unnest(s.most_common_elems::text::bigint[], s.most_common_elem_freqs) k(key, frequency)
                where s.tablename = 'resource' and s.schemaname = current_schema() and s.attname = 'keys'
                  and k.key is not null and k.frequency * c.reltuples > ?\
                """,
                (double) MANY)
            .query(connection, row -> row.getLong(1)));
  }
}

package io.yitong.hub.record.change;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.putting;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangeFeedTest {
  @Inject WriteResources write;
  @Inject DataSource database;

  /** Notes each change of its own patients in a table, in the feed's transaction. */
  private final class Noting implements ChangeConsumer {
    private final String name = "test-" + randomId();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public String name() {
      return name;
    }

    @Override
    public void apply(Change change) {
      var own = change.written().stream().filter(w -> ids.contains(w.key().id())).toList();
      if (own.isEmpty()) {
        return;
      }
      calls.incrementAndGet();
      for (var written : own) {
        update(
            "insert into test_noted (consumer, id, version) values (?, ?, ?)",
            name,
            written.key().id(),
            written.version());
      }
      if (broken.get()) {
        throw new IllegalStateException("broken for the test");
      }
    }

    List<String> noted() {
      try (var connection = database.getConnection()) {
        return Sql.of(
                "select id || ' ' || version from test_noted where consumer = ? order by number",
                name)
            .query(connection, row -> row.getString(1));
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  private Noting consumer() {
    update(
        "create table if not exists test_noted"
            + " (number bigint generated always as identity, consumer text, id text, version int)");
    return new Noting();
  }

  @Test
  void two_processes_together_apply_every_change_once_and_in_order() throws Exception {
    var consumer = consumer();
    var expected = new ArrayList<String>();
    for (var i = 0; i < 50; i++) {
      var id = randomId();
      consumer.ids.add(id);
      write.put(patient(id), Optional.empty(), through(HOSPITAL));
      write.put(patient(id).setActive(true), Optional.empty(), through(HOSPITAL));
      expected.add(id + " 1");
      expected.add(id + " 2");
    }
    var one = new Thread(() -> drain(new FollowChanges(consumer, database), consumer, expected));
    var two = new Thread(() -> drain(new FollowChanges(consumer, database), consumer, expected));
    one.start();
    two.start();
    one.join();
    two.join();

    assertThat(consumer.noted()).isEqualTo(expected);
  }

  @Test
  void a_transaction_is_one_change_and_what_is_unchanged_is_none() {
    var consumer = consumer();
    var one = randomId();
    var two = randomId();
    consumer.ids.addAll(List.of(one, two));
    write.transaction(putting(patient(one), patient(two)), through(HOSPITAL));
    var again = write.put(patient(one), Optional.empty(), through(HOSPITAL));

    drain(new FollowChanges(consumer, database), consumer, List.of(one, two));

    assertThat(again.effect()).isEqualTo(Effect.UNCHANGED);
    assertThat(consumer.noted()).containsExactlyInAnyOrder(one + " 1", two + " 1");
    assertThat(consumer.calls).hasValue(1);
  }

  @Test
  void a_change_that_fails_leaves_nothing_behind_and_is_applied_when_it_can_be() {
    var consumer = consumer();
    var id = randomId();
    consumer.ids.add(id);
    consumer.broken.set(true);
    write.put(patient(id), Optional.empty(), through(HOSPITAL));
    var follow = new FollowChanges(consumer, database);

    await().until(() -> follow.step() && consumer.calls.get() > 2);
    assertThat(consumer.noted()).isEmpty();

    consumer.broken.set(false);
    await().until(() -> !follow.step() && !consumer.noted().isEmpty());
    assertThat(consumer.noted()).containsExactly(id + " 1");
  }

  @Test
  void a_change_that_never_succeeds_is_set_aside_and_does_not_hold_up_the_next() {
    var consumer = consumer();
    var poisoned = randomId();
    var next = randomId();
    consumer.ids.add(poisoned);
    consumer.broken.set(true);
    var written = write.put(patient(poisoned), Optional.empty(), through(HOSPITAL));
    var follow = new FollowChanges(consumer, database);
    await().until(() -> follow.step() && consumer.calls.get() > 2);

    // As if it had been tried all day.
    update("update change_cursor set attempts = 19 where consumer = ?", consumer.name);
    await()
        .until(
            () -> {
              update(
                  "update change_cursor set not_before = now() where consumer = ?", consumer.name);
              return follow.step() && parked(consumer) == 1;
            });
    consumer.broken.set(false);
    consumer.ids.add(next);
    write.put(patient(next), Optional.empty(), through(HOSPITAL));
    await().until(() -> !follow.step() && !consumer.noted().isEmpty());

    assertThat(written.effect()).isEqualTo(Effect.CREATED);
    assertThat(consumer.noted()).containsExactly(next + " 1");
  }

  @Test
  void a_change_is_not_passed_by_while_an_earlier_transaction_is_open() throws Exception {
    var consumer = consumer();
    var slow = randomId();
    var fast = randomId();
    consumer.ids.addAll(List.of(slow, fast));
    var follow = new FollowChanges(consumer, database);
    QuarkusTransaction.begin();
    write.put(patient(slow), Optional.empty(), through(HOSPITAL));
    var other = new Thread(() -> write.put(patient(fast), Optional.empty(), through(HOSPITAL)));
    other.start();
    other.join();
    var suspended =
        java.util.concurrent.CompletableFuture.supplyAsync(
                () -> {
                  while (follow.step()) {
                    assertThat(consumer.noted()).isEmpty();
                  }
                  return consumer.noted();
                })
            .get();
    QuarkusTransaction.commit();

    assertThat(suspended).isEmpty();
    drain(follow, consumer, List.of(slow, fast));
    assertThat(consumer.noted()).containsExactly(slow + " 1", fast + " 1");
  }

  @Test
  void transactions_follow_each_other_as_numbers_not_as_texts() {
    var consumer = consumer();
    var ninth = randomId();
    var tenth = randomId();
    consumer.ids.addAll(List.of(ninth, tenth));
    for (var change : List.of(List.of("10", tenth), List.of("9", ninth))) {
      update(
          """
          insert into change (tx, at, correlation, types, ids, effects, versions)
          values (?::xid8, now(), 'test', '{100}', ?, '{CREATED}', '{1}')""",
          change.get(0), new String[] {change.get(1)});
    }

    drain(new FollowChanges(consumer, database), consumer, consumer.ids);
    update("delete from change where correlation = 'test'");

    assertThat(consumer.noted()).containsExactly(ninth + " 1", tenth + " 1");
  }

  @Test
  void the_delay_between_tries_grows_to_a_minute() {
    assertThat(FollowChanges.delay(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(FollowChanges.delay(4)).isEqualTo(Duration.ofMillis(800));
    assertThat(FollowChanges.delay(19)).isEqualTo(Duration.ofMinutes(1));
  }

  private static void drain(FollowChanges follow, Noting consumer, List<?> expected) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(() -> !follow.step() && consumer.noted().size() >= expected.size());
  }

  private int parked(Noting consumer) {
    try (var connection = database.getConnection()) {
      return Sql.of("select count(*) from change_parked where consumer = ?", consumer.name)
          .query(connection, row -> row.getInt(1))
          .get(0);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void update(String sql, Object... values) {
    try (var connection = database.getConnection()) {
      Sql.of(sql, values).update(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}

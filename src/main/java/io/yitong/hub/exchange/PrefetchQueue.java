package io.yitong.hub.exchange;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Persons whose partners are to be asked; survives the process, shared by all of a database. */
@ApplicationScoped
class PrefetchQueue {
  private final AgroalDataSource database;
  private final Clock clock;

  /**
   * @param attempts including this one
   */
  record Due(PersonId person, int attempts, CorrelationId correlation) {}

  PrefetchQueue(AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  void add(PersonId person, CorrelationId correlation) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into partner_prefetch (person, due_at, correlation) values (?, ?, ?)
                on conflict (person) do nothing""")) {
      insert.setObject(1, person.value());
      insert.setObject(2, in(Duration.ZERO));
      insert.setString(3, correlation.value());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  /** Takes up to {@code most}; no other process takes them again within {@code lease}. */
  List<Due> take(int most, Duration lease) {
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                """
                update partner_prefetch set due_at = ?, attempts = attempts + 1
                where person in (
                  select person from partner_prefetch where due_at <= ? order by due_at limit ?
                  for update skip locked)
                returning person, attempts, correlation""")) {
      update.setObject(1, in(lease));
      update.setObject(2, in(Duration.ZERO));
      update.setInt(3, most);
      var taken = new ArrayList<Due>();
      try (var rows = update.executeQuery()) {
        while (rows.next()) {
          taken.add(
              new Due(
                  new PersonId(rows.getObject(1, UUID.class)),
                  rows.getInt(2),
                  new CorrelationId(rows.getString(3))));
        }
      }
      return taken;
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  void done(PersonId person) {
    try (var connection = database.getConnection();
        var delete = connection.prepareStatement("delete from partner_prefetch where person = ?")) {
      delete.setObject(1, person.value());
      delete.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  void again(PersonId person, Duration later) {
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "update partner_prefetch set due_at = ? where person = ?")) {
      update.setObject(1, in(later));
      update.setObject(2, person.value());
      update.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  private OffsetDateTime in(Duration later) {
    return clock.instant().plus(later).atOffset(ZoneOffset.UTC);
  }
}

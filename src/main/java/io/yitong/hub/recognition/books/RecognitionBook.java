package io.yitong.hub.recognition.books;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.recognition.decision.Price;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Appends to recognition_event and reads cards back. Joins the caller's transaction. */
@ApplicationScoped
public class RecognitionBook {
  private static final String COLUMNS =
      """
      (at, kind, card, institution, client, patient, person, visit, item, catalogue, amount,
       illustrative, ground, comment, draft, sources, correlation)""";

  /** What a later event of a card repeats from the row that showed it. */
  private static final String FROM_SHOWN =
      """
      select ?, ?, card, institution, ?, patient, person, visit, item, catalogue, ?,
             illustrative, ?, ?, null, sources, ?
      from recognition_event where card = ? and kind in ('PROMPTED', 'VIEWED')""";

  /** The same of a row that recognised, with what is left to give back once no other stands. */
  private static final String FROM_RECOGNISED =
      """
      select ?, 'UNDONE', e.card, e.institution, ?, e.patient, e.person, e.visit, e.item, e.catalogue,
             case when exists (
                 select from recognition_event o
                 where o.kind = 'RECOGNISED' and o.card <> e.card
                   and (o.person, o.visit, o.item) = (e.person, e.visit, e.item)
                   and not exists (
                     select from recognition_event u where u.card = o.card and u.kind = 'UNDONE'))
               then 0
               else (
                 select sum(case o.kind when 'RECOGNISED' then o.amount else -o.amount end)
                 from recognition_event o
                 where o.kind in ('RECOGNISED', 'UNDONE')
                   and (o.person, o.visit, o.item) = (e.person, e.visit, e.item))
             end,
             e.illustrative, null, null, null, e.sources, ?
      from recognition_event e where e.card = ? and e.kind = 'RECOGNISED'
      on conflict do nothing""";

  private final AgroalDataSource database;
  private final Clock clock;

  RecognitionBook(AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What a doctor answered to a card. */
  private enum Kind {
    RECOGNISED,
    REFUSED
  }

  public void shown(Collection<Shown> cards, CorrelationId correlation) {
    if (cards.isEmpty()) {
      return;
    }
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into recognition_event "
                    + COLUMNS
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, ?::jsonb, ?, ?)")) {
      var now = clock.instant().atOffset(ZoneOffset.UTC);
      for (var card : cards) {
        insert.setObject(1, now);
        insert.setString(2, card.eligible() ? "PROMPTED" : "VIEWED");
        insert.setObject(3, card.card().value());
        insert.setString(4, card.institution().urn());
        insert.setString(5, card.client());
        insert.setString(6, card.patient());
        insert.setObject(7, card.person().value());
        insert.setString(8, card.visit());
        insert.setString(9, card.item());
        insert.setString(10, card.catalogue());
        insert.setBigDecimal(11, card.price().yuan());
        insert.setBoolean(12, card.price().illustrative());
        insert.setString(13, card.draft().orElse(null));
        insert.setArray(14, connection.createArrayOf("text", card.sources().toArray()));
        insert.setString(15, correlation.value());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  public Optional<Shown> find(CardId card) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                select kind, institution, client, patient, person, visit, item, catalogue, amount,
                       illustrative, draft, sources
                from recognition_event where card = ? and kind in ('PROMPTED', 'VIEWED')""")) {
      select.setObject(1, card.value());
      try (var row = select.executeQuery()) {
        return row.next() ? Optional.of(shown(card, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  /**
   * Appends that the card was recognised. The saving counts once for a person, item and visit;
   * whoever comes second waits for the first to commit.
   *
   * @return false when the card was answered before; nothing is appended then
   */
  public boolean recognised(Shown card, String client, CorrelationId correlation) {
    try (var connection = database.getConnection()) {
      lock(connection, card);
      var saved = savedBefore(connection, card) ? BigDecimal.ZERO : card.price().yuan();
      return append(
          connection, Kind.RECOGNISED, card.card(), client, saved, null, null, correlation);
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  /**
   * @param ground empty when no reason, or not all of it, was given
   * @return false when the card was answered before
   */
  public boolean refused(
      Shown card,
      String client,
      Optional<String> ground,
      Optional<String> comment,
      CorrelationId correlation) {
    try (var connection = database.getConnection()) {
      return append(
          connection,
          Kind.REFUSED,
          card.card(),
          client,
          BigDecimal.ZERO,
          ground.orElse(null),
          comment.orElse(null),
          correlation);
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  /**
   * Appends that a recognition was taken back. What it had saved is given back with the last
   * recognition of the item that still stood in the visit.
   *
   * @return false when the card was not recognised, or undone before
   */
  public boolean undone(Shown card, String client, CorrelationId correlation) {
    try (var connection = database.getConnection()) {
      lock(connection, card);
      try (var insert =
          connection.prepareStatement(
              "insert into recognition_event " + COLUMNS + " " + FROM_RECOGNISED)) {
        insert.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
        insert.setString(2, client);
        insert.setString(3, correlation.value());
        insert.setObject(4, card.card().value());
        return insert.executeUpdate() == 1;
      }
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  private boolean append(
      Connection connection,
      Kind kind,
      CardId card,
      String client,
      BigDecimal amount,
      String ground,
      String comment,
      CorrelationId correlation)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into recognition_event "
                + COLUMNS
                + " "
                + FROM_SHOWN
                + " on conflict do nothing")) {
      insert.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setString(2, kind.name());
      insert.setString(3, client);
      insert.setBigDecimal(4, amount);
      insert.setString(5, ground);
      insert.setString(6, comment);
      insert.setString(7, correlation.value());
      insert.setObject(8, card.value());
      return insert.executeUpdate() == 1;
    }
  }

  private static void lock(Connection connection, Shown card) throws SQLException {
    try (var lock =
        connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 120))")) {
      lock.setString(1, card.person() + "|" + card.visit() + "|" + card.item());
      lock.execute();
    }
  }

  private static boolean savedBefore(Connection connection, Shown card) throws SQLException {
    try (var select =
        connection.prepareStatement(
            """
            select exists (
              select from recognition_event e
              where e.kind = 'RECOGNISED' and e.person = ? and e.visit = ? and e.item = ?
                and not exists (
                  select from recognition_event u where u.card = e.card and u.kind = 'UNDONE'))""")) {
      select.setObject(1, card.person().value());
      select.setString(2, card.visit());
      select.setString(3, card.item());
      try (var row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static Shown shown(CardId card, ResultSet row) throws SQLException {
    return new Shown(
        card,
        row.getString("kind").equals("PROMPTED"),
        new InstitutionId(row.getString("institution")),
        row.getString("client"),
        row.getString("patient"),
        new PersonId(row.getObject("person", UUID.class)),
        row.getString("visit"),
        row.getString("item"),
        row.getString("catalogue"),
        new Price(row.getBigDecimal("amount"), row.getBoolean("illustrative")),
        Optional.ofNullable(row.getString("draft")),
        List.of((String[]) row.getArray("sources").getArray()));
  }
}

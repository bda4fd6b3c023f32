package io.yitong.hub.access.audit.proof;

import io.yitong.hub.access.audit.chain.Head;
import io.yitong.hub.access.audit.proof.Statement.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The signed statements in the database, and the heads they speak of. */
final class Statements {
  private final Connection connection;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Until the transaction ends; false when another process has it. */
  boolean lock(Kind kind) throws SQLException {
    try (var lock =
            connection.prepareStatement(
                "select pg_try_advisory_xact_lock(hashtextextended(?, 152))");
        var row = query(lock, kind.table())) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** In order. */
  List<SignedStatement> all(Kind kind) throws SQLException {
    return select(kind, "order by number");
  }

  Optional<SignedStatement> last(Kind kind) throws SQLException {
    return select(kind, "order by number desc limit 1").stream().findFirst();
  }

  private List<SignedStatement> select(Kind kind, String which) throws SQLException {
    try (var select =
            connection.prepareStatement(
                "select number, statement, signature, public_key from %s %s"
                    .formatted(kind.table(), which));
        var rows = select.executeQuery()) {
      var found = new ArrayList<SignedStatement>();
      while (rows.next()) {
        found.add(
            new SignedStatement(
                rows.getInt(1), rows.getString(2), rows.getBytes(3), rows.getBytes(4)));
      }
      return found;
    }
  }

  void add(Statement statement, SignedStatement signed) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into %s (number, at, statement, signature, public_key) values (?, ?, ?, ?, ?)"
                .formatted(statement.kind().table()))) {
      insert.setInt(1, statement.number());
      insert.setObject(2, statement.at().atOffset(ZoneOffset.UTC));
      insert.setString(3, signed.text());
      insert.setBytes(4, signed.signature());
      insert.setBytes(5, signed.publicKey());
      insert.executeUpdate();
    }
  }

  /** Of all chains, in order, at one moment. */
  List<Head> heads() throws SQLException {
    try (var select =
            connection.prepareStatement("select chain, seq, hash from audit_chain order by chain");
        var rows = select.executeQuery()) {
      var heads = new ArrayList<Head>();
      while (rows.next()) {
        heads.add(new Head(rows.getInt(1), rows.getLong(2), rows.getBytes(3)));
      }
      return heads;
    }
  }

  private static ResultSet query(PreparedStatement statement, String value) throws SQLException {
    statement.setString(1, value);
    return statement.executeQuery();
  }
}

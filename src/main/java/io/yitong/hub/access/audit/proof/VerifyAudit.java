package io.yitong.hub.access.audit.proof;

import io.yitong.hub.access.audit.chain.Head;
import io.yitong.hub.access.audit.proof.Finding.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the whole audit and says what was done to it. Needs to read the tables of the hub, no more;
 * keeps in memory what checkpoints say, not rows. It sees one moment of the database, so a hub may
 * go on writing.
 */
public final class VerifyAudit {
  private static final int ROWS_AT_ONCE = 2000;

  private final Connection connection;
  private final Optional<Path> folder;
  private final Optional<PublicKey> trusted;
  private final Findings findings = new Findings();

  /** Where each chain begins: what came before was removed after its time. */
  private final Map<Integer, Head> beginnings = new HashMap<>();

  /** What checkpoints signed: chain, row, hash and the number of the checkpoint. */
  private final Map<Integer, TreeMap<Long, Signed>> signed = new HashMap<>();

  /**
   * @param folder with checkpoints as files, of one hub
   * @param trusted the key that must have signed; without one, that of the first statement
   */
  public VerifyAudit(Connection connection, Optional<Path> folder, Optional<PublicKey> trusted) {
    this.connection = connection;
    this.folder = folder;
    this.trusted = trusted;
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by Head
  record Signed(Head head, int checkpoint) {}

  public Verification verify() throws SQLException, IOException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      return verifyWithinTransaction();
    } finally {
      connection.rollback();
    }
  }

  Verification verifyWithinTransaction() throws SQLException, IOException {
    var checkpoints = statements();
    var heads = heads();
    var rows = walk(heads);
    return new Verification(
        rows,
        heads.size(),
        checkpoints,
        uncovered(heads),
        findings.first(),
        findings.count(),
        trusted.isPresent());
  }

  private int statements() throws SQLException, IOException {
    var check = new CheckStatements(new Statements(connection), trusted, findings);
    var files =
        folder.isPresent() ? new CheckpointFiles(folder.get()).all() : List.<SignedStatement>of();
    var checkpoints = check.checkpoints(files);
    for (var checkpoint : checkpoints) {
      for (var head : checkpoint.heads()) {
        signed
            .computeIfAbsent(head.chain(), chain -> new TreeMap<>())
            .putIfAbsent(head.seq(), new Signed(head, checkpoint.number()));
      }
    }
    check.expiries(checkpoints).ifPresent(last -> last.heads().forEach(this::begin));
    return checkpoints.size();
  }

  private void begin(Head head) {
    beginnings.put(head.chain(), head);
  }

  private TreeMap<Integer, Head> heads() throws SQLException {
    var heads = new TreeMap<Integer, Head>();
    new Statements(connection).heads().forEach(head -> heads.put(head.chain(), head));
    var last = heads.isEmpty() ? -1 : heads.lastKey();
    for (var chain : signed.keySet()) {
      last = Math.max(last, chain);
    }
    // Chains are numbered without a gap, each made for good.
    for (var chain = 0; chain <= last; chain++) {
      if (!heads.containsKey(chain)) {
        findings.add(Finding.row(Kind.CHAIN_REMOVED, chain, 0));
      }
    }
    return heads;
  }

  private long walk(TreeMap<Integer, Head> heads) throws SQLException {
    var left = new TreeMap<>(heads);
    var count = 0L;
    try (var select =
        connection.prepareStatement(
            "select chain, seq, hash, %s from audit_event order by chain, seq"
                .formatted(ReadRows.COLUMNS))) {
      select.setFetchSize(ROWS_AT_ONCE);
      try (var rows = select.executeQuery()) {
        WalkChain walk = null;
        while (rows.next()) {
          var chain = rows.getInt(1);
          if (walk == null || walk.chain() != chain) {
            end(walk, left);
            walk = begin(chain);
          }
          walk.next(stored(rows), ReadRows.row(rows));
          count++;
        }
        end(walk, left);
      }
    }
    // Of these there is not one row.
    for (var head : List.copyOf(left.values())) {
      end(begin(head.chain()), left);
    }
    return count;
  }

  private WalkChain begin(int chain) {
    return new WalkChain(
        beginnings.getOrDefault(chain, Head.ofEmpty(chain)),
        signed.getOrDefault(chain, new TreeMap<>()),
        findings);
  }

  private static void end(WalkChain walk, TreeMap<Integer, Head> left) {
    if (walk != null) {
      walk.end(Optional.ofNullable(left.remove(walk.chain())));
    }
  }

  private static Head stored(ResultSet rows) throws SQLException {
    return new Head(rows.getInt(1), rows.getLong(2), rows.getBytes(3));
  }

  private long uncovered(TreeMap<Integer, Head> heads) {
    return heads.values().stream()
        .mapToLong(
            head -> {
              var known = signed.get(head.chain());
              return Math.max(0, head.seq() - (known == null ? 0 : known.lastKey()));
            })
        .sum();
  }
}

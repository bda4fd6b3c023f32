package io.yitong.hub.access.audit.proof;

import io.yitong.hub.access.audit.proof.Finding.Kind;
import java.security.PublicKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Whether signed statements are what was signed, and all there. */
final class CheckStatements {
  private final Statements stored;
  private final Findings findings;
  private Optional<PublicKey> trusted;

  CheckStatements(Statements stored, Optional<PublicKey> trusted, Findings findings) {
    this.stored = stored;
    this.trusted = trusted;
    this.findings = findings;
  }

  /**
   * @param files copies kept elsewhere: they vouch for what the database no longer says
   * @return those that can be believed, in order
   */
  List<Statement> checkpoints(List<SignedStatement> files) throws SQLException {
    var sound = new TreeMap<Integer, Statement>();
    for (var file : files) {
      believed(Statement.Kind.CHECKPOINT, file)
          .ifPresent(statement -> sound.put(statement.number(), statement));
    }
    var inDatabase = stored.all(Statement.Kind.CHECKPOINT);
    var missing = new TreeMap<>(sound);
    for (var each : inDatabase) {
      missing.remove(each.number());
      believed(Statement.Kind.CHECKPOINT, each)
          .ifPresent(
              statement -> {
                var copy = sound.putIfAbsent(statement.number(), statement);
                if (copy != null && !copy.equals(statement)) {
                  alteredCheckpoint(statement.number());
                }
              });
    }
    missing.keySet().forEach(this::removedCheckpoint);
    gaps(inDatabase, sound);
    follow(sound, Kind.CHECKPOINT_ALTERED);
    return List.copyOf(sound.values());
  }

  /** Numbers the database has not, though it has later ones, and no copy told of. */
  private void gaps(List<SignedStatement> inDatabase, TreeMap<Integer, Statement> sound) {
    var expected = 1;
    for (var each : inDatabase) {
      for (; expected < each.number(); expected++) {
        if (!sound.containsKey(expected)) {
          removedCheckpoint(expected);
        }
      }
      expected = each.number() + 1;
    }
  }

  /** Each names the one before by its hash. */
  private void follow(TreeMap<Integer, Statement> sound, Kind kind) {
    for (var statement : sound.values()) {
      var before = sound.get(statement.number() - 1);
      var hash = before == null ? Statement.NONE_BEFORE : Statement.hash(before.text());
      if ((before != null || statement.number() == 1) && !statement.previous().equals(hash)) {
        findings.add(Finding.statement(kind, statement.number()));
      }
    }
  }

  /**
   * @return the newest, when all are sound and say what a checkpoint says
   */
  Optional<Statement> expiries(List<Statement> checkpoints) throws SQLException {
    var sound = new TreeMap<Integer, Statement>();
    var count = 0;
    for (var each : stored.all(Statement.Kind.EXPIRY)) {
      count++;
      var statement = believed(Statement.Kind.EXPIRY, each);
      if (statement.isPresent()
          && each.number() == count
          && checkpoints.stream().anyMatch(checkpoint -> agree(checkpoint, statement.get()))) {
        sound.put(count, statement.get());
      } else {
        findings.add(Finding.statement(Kind.EXPIRY_ALTERED, each.number()));
      }
    }
    follow(sound, Kind.EXPIRY_ALTERED);
    return sound.isEmpty() ? Optional.empty() : Optional.of(sound.lastEntry().getValue());
  }

  private static boolean agree(Statement checkpoint, Statement expiry) {
    return checkpoint.number() == expiry.checkpoint() && checkpoint.heads().equals(expiry.heads());
  }

  private Optional<Statement> believed(Statement.Kind kind, SignedStatement signed) {
    var altered = kind == Statement.Kind.CHECKPOINT ? Kind.CHECKPOINT_ALTERED : Kind.EXPIRY_ALTERED;
    try {
      var statement = Statement.parse(kind, signed.text());
      var key = Pem.publicKey(signed.publicKey());
      if (trusted.isEmpty()) {
        trusted = Optional.of(key);
      }
      if (statement.number() != signed.number() || !signed.isSignedBy(key)) {
        findings.add(Finding.statement(altered, signed.number()));
        return Optional.empty();
      }
      if (!trusted.get().equals(key)) {
        findings.add(Finding.statement(Kind.KEY_UNKNOWN, signed.number()));
        return Optional.empty();
      }
      return Optional.of(statement);
    } catch (IllegalArgumentException e) {
      findings.add(Finding.statement(altered, signed.number()));
      return Optional.empty();
    }
  }

  private void alteredCheckpoint(int number) {
    findings.add(Finding.statement(Kind.CHECKPOINT_ALTERED, number));
  }

  private void removedCheckpoint(int number) {
    findings.add(Finding.statement(Kind.CHECKPOINT_REMOVED, number));
  }
}

package io.yitong.hub.launch;

import io.yitong.hub.access.audit.proof.Finding;
import io.yitong.hub.access.audit.proof.Pem;
import io.yitong.hub.access.audit.proof.Verification;
import io.yitong.hub.access.audit.proof.VerifyAudit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * {@code ./yitong audit verify}: whether the audit is what was written. Needs a database role that
 * may read, and can be run by anyone on any machine; with the public key and the checkpoints from
 * elsewhere it need not believe the hub.
 */
final class VerifyCommand {
  static final String USAGE =
      """
      ./yitong audit verify [--hub chongqing|linshui] [--database JDBC_URL --user USER --password PASSWORD]
                            [--checkpoints FOLDER] [--key PUBLIC_KEY.pem]""";

  private static final List<String> OPTIONS =
      List.of("--hub", "--database", "--user", "--password", "--checkpoints", "--key");

  private final Settings settings;
  private final List<String> words;
  private final PrintStream out;

  VerifyCommand(Settings settings, List<String> words, PrintStream out) {
    this.settings = settings;
    this.words = words;
    this.out = out;
  }

  /** Whether nothing is wrong. */
  boolean run() {
    if (words.isEmpty() || !words.get(0).equals("verify")) {
      throw new LaunchFailure(USAGE);
    }
    for (var i = 1; i < words.size(); i += 2) {
      if (!OPTIONS.contains(words.get(i)) || i + 1 >= words.size()) {
        throw new LaunchFailure("%s%n%s".formatted(words.get(i), USAGE));
      }
    }
    var started = System.nanoTime();
    try (var connection = connect()) {
      var verification = new VerifyAudit(connection, folder(), key()).verify();
      tell(verification, System.nanoTime() - started);
      return verification.isWhole();
    } catch (SQLException e) {
      throw new LaunchFailure("无法读取数据库 / cannot read the database: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new LaunchFailure("无法读取 / cannot read: " + e.getMessage(), e);
    }
  }

  private Region hub() {
    return option("--hub").map(Region::of).orElse(Region.CHONGQING);
  }

  private Connection connect() throws SQLException {
    var url = option("--database");
    if (url.isPresent()) {
      return DriverManager.getConnection(
          url.get(), option("--user").orElse(Database.HUB_ROLE), option("--password").orElse(""));
    }
    var database = new Database(settings, new Secrets(settings.secrets()));
    return DriverManager.getConnection(
        database.jdbcUrl(hub().code()), Database.HUB_ROLE, database.hubPassword());
  }

  /** Those of this installation, unless others or another database are named. */
  private Optional<Path> folder() {
    var given = option("--checkpoints").map(Path::of);
    if (given.isPresent() && !Files.isDirectory(given.get())) {
      throw new LaunchFailure("没有此目录 / no such folder: " + given.get());
    }
    return given.isPresent() || option("--database").isPresent()
        ? given
        : Optional.of(settings.checkpoints().resolve(hub().code()));
  }

  private Optional<PublicKey> key() throws IOException {
    var given = option("--key").map(Path::of);
    if (given.isEmpty() && option("--database").isEmpty()) {
      var own = settings.secrets().resolve(hub().code() + "-audit.pub.pem");
      given = Optional.of(own).filter(Files::exists);
    }
    try {
      return given.isPresent()
          ? Optional.of(Pem.publicKey(Files.readString(given.get())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new LaunchFailure("%s: %s".formatted(given.get(), e.getMessage()), e);
    }
  }

  private void tell(Verification found, long nanos) {
    for (var finding : found.findings()) {
      out.println(told(finding));
    }
    if (found.found() > found.findings().size()) {
      out.printf("… %d 处 / %d in all%n", found.found(), found.found());
    }
    out.printf(
        "%d 行，%d 条链，%d 个检查点，%.0f 行/秒；%d 行尚未被检查点覆盖%n",
        found.rows(), found.chains(), found.checkpoints(), rate(found, nanos), found.uncovered());
    out.printf(
        "%d rows, %d chains, %d checkpoints, %.0f rows/s; %d rows newer than the last checkpoint%n",
        found.rows(), found.chains(), found.checkpoints(), rate(found, nanos), found.uncovered());
    if (!found.keyGiven()) {
      out.println("未给出公钥，以首个检查点所附公钥为准：请用 --key 指定可信公钥");
      out.println(
          "No key given: that of the first checkpoint was believed. Name one you trust with --key");
    }
    out.println(
        found.isWhole()
            ? "审计记录完整 / the audit is whole"
            : "审计记录被破坏：%1$d 处 / the audit was tampered with: %1$d findings"
                .formatted(found.found()));
  }

  private static String told(Finding finding) {
    return finding.zh() + " / " + finding.en();
  }

  private static double rate(Verification found, long nanos) {
    return found.rows() * 1e9 / Math.max(1, nanos);
  }

  private Optional<String> option(String name) {
    var at = words.indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
  }
}

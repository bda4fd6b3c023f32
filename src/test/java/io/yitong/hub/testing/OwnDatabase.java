package io.yitong.hub.testing;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** A database beside the one all component tests share, which a test may spoil. */
@ApplicationScoped
public class OwnDatabase {
  private static final String NAME = "to_be_spoilt";
  private static final String LATEST = "latest";

  private final AgroalDataSource shared;
  private final String sharedUrl;
  private final String user;
  private final String password;

  OwnDatabase(
      AgroalDataSource shared,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String sharedUrl,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password) {
    this.shared = shared;
    this.sharedUrl = sharedUrl;
    this.user = user;
    this.password = password;
  }

  /** An empty one; what an earlier test left is gone. */
  public void make() throws SQLException {
    drop();
    run("create database " + NAME);
  }

  public void drop() throws SQLException {
    run("drop database if exists " + NAME + " with (force)");
  }

  public void migrate() {
    migrateTo(LATEST);
  }

  /**
   * @param version of the last migration carried out
   */
  public void migrateTo(String version) {
    Flyway.configure()
        .dataSource(url(), user, password)
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user, password);
  }

  public String url() {
    return sharedUrl.replaceFirst("/postgres(?=\\?|$)", "/" + NAME);
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  private void run(String statement) throws SQLException {
    try (var connection = shared.getConnection();
        var change = connection.createStatement()) {
      change.execute(statement);
    }
  }
}

package io.yitong.hub.record.write;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.sql.DatabaseFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes resources: write steps, versions, index, projections and the change feed's entry, in one
 * database transaction. Joins the caller's JTA transaction when there is one (so that a message's
 * journal status is committed with it), else begins its own.
 */
@ApplicationScoped
public class WriteResources {
  private final DataSource database;
  private final SettleEntries settle;
  private final StoreResources store;
  private final RetriedTransaction transactions;

  WriteResources(
      DataSource database,
      SettleEntries settle,
      StoreResources store,
      RetriedTransaction transactions) {
    this.database = database;
    this.settle = settle;
    this.store = store;
    this.transactions = transactions;
  }

  /**
   * A FHIR transaction (R4 3.1.0.11.2): urn:uuid and conditional references resolved, PUT, POST,
   * DELETE and conditional forms, all or nothing.
   *
   * @return one per entry, in order
   */
  public List<Written> transaction(Bundle bundle, WriteContext context) {
    return write(
        ours -> {
          var entries = TransactionEntry.of(ours ? bundle.copy() : bundle);
          return connection -> settled(entries, context, connection);
        });
  }

  /** The same, of entries that are fresh for each try: in the caller's transaction only. */
  public List<Written> entries(List<TransactionEntry> entries, WriteContext context) {
    if (QuarkusTransaction.getStatus() == Status.STATUS_NO_TRANSACTION) {
      throw new IllegalStateException("entries are written in a transaction under way");
    }
    return connected(connection -> settled(entries, context, connection));
  }

  private List<Written> settled(
      List<TransactionEntry> entries, WriteContext context, Connection connection) {
    return store.store(settle.settle(entries, context, connection), context, connection);
  }

  /**
   * Update or create with the resource's own id.
   *
   * @param expectedVersion If-Match
   */
  public Written put(
      ResourceDraft resource, Optional<Integer> expectedVersion, WriteContext context) {
    var key = new ResourceKey(resource.type(), resource.id().orElseThrow());
    return writeOne(resource, own -> Intent.Put.of(key, own, expectedVersion), context);
  }

  public Written put(Resource resource, Optional<Integer> expectedVersion, WriteContext context) {
    return put(ResourceDraft.of(resource), expectedVersion, context);
  }

  /**
   * Many at once, each with its own id and no id twice.
   *
   * @return one for each, in order
   */
  public List<Written> putAll(List<ResourceDraft> resources, WriteContext context) {
    return write(
        ours -> {
          var intents =
              resources.stream()
                  .map(resource -> ours ? resource.copy() : resource)
                  .<Intent>map(
                      own ->
                          Intent.Put.of(
                              new ResourceKey(own.type(), own.id().orElseThrow()),
                              own,
                              Optional.empty()))
                  .toList();
          return connection -> store.store(intents, context, connection);
        });
  }

  /**
   * Which of these a write in this context could not refer to.
   *
   * @param keys of resources named by references
   */
  public Set<ResourceKey> missing(Set<ResourceKey> keys, WriteContext context) {
    try (var connection = database.getConnection()) {
      return keys.isEmpty()
          ? Set.of()
          : Set.copyOf(ReferredTo.missing(keys, context).query(connection, ReferredTo::key));
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** Create with an id of the hub's choice. */
  public Written create(ResourceDraft resource, WriteContext context) {
    return writeOne(resource, Intent.Put::fresh, context);
  }

  public Written create(Resource resource, WriteContext context) {
    return create(ResourceDraft.of(resource), context);
  }

  public Written delete(ResourceKey key, WriteContext context) {
    return delete(key, Optional.empty(), context);
  }

  /**
   * @param expectedVersion If-Match
   */
  public Written delete(ResourceKey key, Optional<Integer> expectedVersion, WriteContext context) {
    return write(
            ours ->
                connection ->
                    store.store(
                        List.of(new Intent.Delete(key, expectedVersion)), context, connection))
        .get(0);
  }

  private Written writeOne(
      ResourceDraft resource, Function<ResourceDraft, Intent> intent, WriteContext context) {
    return write(
            ours -> {
              var own = intent.apply(ours ? resource.copy() : resource);
              return connection -> store.store(List.of(own), context, connection);
            })
        .get(0);
  }

  /**
   * Runs the work in the caller's transaction, or in one of our own, then with further tries. Write
   * steps change the resources they are given, so each try of our own works on a copy.
   */
  private List<Written> write(Function<Boolean, Function<Connection, List<Written>>> work) {
    if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
      return connected(work.apply(false));
    }
    return transactions.call(() -> connected(work.apply(true)));
  }

  private List<Written> connected(Function<Connection, List<Written>> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}

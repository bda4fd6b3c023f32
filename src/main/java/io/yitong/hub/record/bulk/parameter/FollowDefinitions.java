package io.yitong.hub.record.bulk.parameter;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.yitong.hub.record.bulk.parameter.DefinedParameter.State;
import io.yitong.hub.record.bulk.reindex.AwaitWriters;
import io.yitong.hub.record.bulk.reindex.RulesInForce;
import io.yitong.hub.record.index.Building;
import io.yitong.hub.record.index.Definition;
import io.yitong.hub.record.index.IndexRules;
import io.yitong.hub.record.index.JudgeDefinition;
import io.yitong.hub.record.index.SearchParameters;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ResourceType;
import org.jboss.logging.Logger;

/**
 * Keeps this process's search parameters those of the database. A process may not write by what it
 * knew more than {@link AwaitWriters#LEASE} ago: so once that time has passed after a definition
 * was committed, every process writes by it, and no write has to ask the database.
 */
@ApplicationScoped
class FollowDefinitions {
  private static final Logger LOG = Logger.getLogger(FollowDefinitions.class);

  /** Before institutions' feeds and the change feed begin to write. */
  private static final int EARLY = 1;

  private final ParameterRegistry registry;
  private final RulesInForce rules;
  private long version = -1;
  private boolean building;
  private volatile long confirmed;

  FollowDefinitions(ParameterRegistry registry, RulesInForce rules) {
    this.registry = registry;
    this.rules = rules;
  }

  void start(@Observes @Priority(EARLY) StartupEvent started) {
    rules.begin();
    refresh();
    SearchParameters.beforeIndexing(this::requireFresh);
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void follow() {
    try {
      refresh();
    } catch (RuntimeException e) {
      LOG.warnf("search-parameters=not-refreshed cause=%s", e);
    }
  }

  /**
   * Within the transaction of a write, its first statements behind it; what that transaction has
   * not committed yet must not be taken for known.
   */
  private void requireFresh() {
    if (System.nanoTime() - confirmed > AwaitWriters.LEASE.toNanos()) {
      QuarkusTransaction.suspendingExisting().run(this::refresh);
    }
    RulesInForce.requireInForce();
  }

  synchronized void refresh() {
    var asked = System.nanoTime();
    followRules();
    var now = registry.version();
    if (now != version || building) {
      load(now);
    }
    confirmed = asked;
  }

  private void followRules() {
    var before = IndexRules.stored();
    var now = rules.now();
    IndexRules.tell(now);
    if (now.version() != before.version() || now.isAhead() != before.isAhead()) {
      SearchParameters.define(SearchParameters.defined());
    }
  }

  private void load(long now) {
    var definitions = new ArrayList<Definition>();
    var progress = new EnumMap<ResourceType, Map<String, String>>(ResourceType.class);
    for (var each : registry.all()) {
      if (each.state() != State.DROPPING && isStillGood(each)) {
        definitions.add(each.definition());
        if (each.state() == State.INDEXING) {
          progress
              .computeIfAbsent(each.wanted().base(), type -> new HashMap<>())
              .put(each.wanted().code(), each.progress());
        }
      }
    }
    if (now != version) {
      SearchParameters.define(List.copyOf(definitions));
      LOG.infof("search-parameters=defined version=%d count=%d", now, definitions.size());
    }
    Building.tell(progress);
    building = !progress.isEmpty();
    version = now;
  }

  /** It was when it was accepted, perhaps by an earlier release. */
  private static boolean isStillGood(DefinedParameter parameter) {
    var objection = JudgeDefinition.objection(parameter.wanted().base(), parameter.definition());
    objection.ifPresent(
        why ->
            LOG.errorf(
                "search-parameter=left-out resource=%s cause=%s", parameter.resource(), why));
    return objection.isEmpty();
  }
}

package io.yitong.hub.search.compare;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.yitong.hub.search.Held;
import io.yitong.hub.search.Query;
import io.yitong.hub.search.SearchWorld;
import io.yitong.hub.search.World;
import io.yitong.hub.search.compare.CompareAnswers.Way;
import io.yitong.hub.search.generate.Batch;
import io.yitong.hub.search.generate.Dice;
import io.yitong.hub.search.generate.Family;
import io.yitong.hub.search.generate.GenerateQuery;
import io.yitong.hub.search.generate.GenerateWorld;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Resource;

/**
 * Random searches over random resources, as each of some institutions, against the reference. The
 * seed says it all: the same seed makes the same resources and queries, ids apart.
 */
public final class SearchComparison {
  /** All that can be asked. */
  public static final Set<Family> OFFERED = EnumSet.allOf(Family.class);

  /** Failures after that many say nothing new. */
  private static final int MOST_FAILURES = 25;

  private final HubClient hub;
  private final List<String> institutions;
  private final Set<Family> families;
  private final PrintStream out;
  private World everything;

  /**
   * @param institutions the first asks most
   */
  public SearchComparison(
      HubClient hub, List<String> institutions, Set<Family> families, PrintStream out) {
    this.hub = hub;
    this.institutions = institutions;
    this.families = families;
    this.out = out;
  }

  /**
   * Stores a world, asks, compares.
   *
   * @param run of letters and digits, new for every run
   * @param write takes what is to be stored, one transaction after the other
   * @param byHub see {@link GenerateWorld}
   * @return what went wrong, shrunk and already printed
   */
  public List<Difference> run(
      String run, long seed, int queries, boolean byHub, Consumer<Batch> write) {
    var dice = new Dice(seed);
    var batches = new GenerateWorld(run, dice, institutions, byHub, families).batches();
    batches.forEach(write);
    var worlds = worlds(batches);
    out.printf(
        "seed %d: %d resources, seen %s; %d queries%n",
        seed,
        stored(batches).size(),
        worlds.values().stream().map(world -> world.world().all().size()).toList(),
        queries);
    return compare(run, seed, queries, dice, worlds);
  }

  /** Writes as the institutions do themselves, over HTTP. */
  public List<Difference> run(String run, long seed, int queries) {
    return run(run, seed, queries, false, this::post);
  }

  private void post(Batch batch) {
    var answer =
        hub.post(
            "../fhir",
            "application/fhir+json",
            json().encodeResourceToString(batch.transaction()),
            batch.owner().orElseThrow());
    if (answer.status() != 200) {
      throw new IllegalStateException("the hub does not take the resources: " + answer);
    }
  }

  private List<Difference> compare(
      String run, long seed, int queries, Dice dice, Map<String, SearchWorld> worlds) {
    var tag = GenerateWorld.TAGS + "|" + run;
    var base = base(run);
    var failures = new ArrayList<Difference>();
    var hits = 0;
    for (var i = 0; i < queries && failures.size() < MOST_FAILURES; i++) {
      var own = new Dice(dice.seed());
      var institution = own.onceIn(4) ? own.one(institutions) : institutions.get(0);
      var world = worlds.get(institution);
      var query = new GenerateQuery(own, families, world, base).next(tag);
      var way =
          own.one(Way.AT_ONCE, Way.AT_ONCE, Way.AT_ONCE, Way.COUNTED, Way.BY_PAGES, Way.BY_FORM);
      var size = 1 + own.below(9);
      var compare = new CompareAnswers(hub, world, institution);
      hits += world.least(query).isEmpty() ? 0 : 1;
      var number = i;
      compare
          .compare(query, way, size)
          .map(found -> Shrink.smallest(found, smaller -> compare.compare(smaller, way, size)))
          .ifPresent(
              found -> {
                failures.add(found);
                print(seed, number, institution, way, found, world);
              });
    }
    out.printf(
        "%d of %d queries find something; %d answered wrongly%n", hits, queries, failures.size());
    return failures;
  }

  private void print(
      long seed, int number, String institution, Way way, Difference found, SearchWorld world) {
    out.printf(
        "seed %d, query %d (%s, as %s): %s%n  %s%n  %s%n",
        seed, number, way, institution, found.query(), found.query().encoded(), found.why());
    found.concerned().stream()
        .limit(2)
        .map(reference -> reference.replaceFirst("#.*", ""))
        .flatMap(reference -> world.get(reference).or(() -> everything.get(reference)).stream())
        .forEach(held -> out.println("  " + json().encodeResourceToString(held.resource())));
  }

  /** Read back: steps of the hub may have added to what was sent, and times are the hub's. */
  private Map<String, SearchWorld> worlds(List<Batch> batches) {
    var all = new ArrayList<Held>();
    for (var each : stored(batches).entrySet()) {
      var owner = each.getValue();
      var answer = hub.get(each.getKey(), owner.orElse(institutions.get(0)));
      if (answer.status() != 200) {
        throw new IllegalStateException(each.getKey() + " cannot be read: " + answer);
      }
      all.add(new Held((Resource) json().parseResource(answer.body()), owner));
    }
    var world = new World(all, base(GenerateWorld.TAGS));
    everything = world;
    var seen = new LinkedHashMap<String, SearchWorld>();
    institutions.forEach(
        institution -> seen.put(institution, new SearchWorld(world.seenBy(institution))));
    return seen;
  }

  private static Map<String, Optional<String>> stored(List<Batch> batches) {
    var stored = new LinkedHashMap<String, Optional<String>>();
    for (var batch : batches) {
      batch
          .puts()
          .forEach(
              put ->
                  stored.put(put.fhirType() + "/" + put.getIdElement().getIdPart(), batch.owner()));
      batch.deletes().forEach(stored::remove);
    }
    return stored;
  }

  /** The hub's own address, as it writes it into its links. */
  private String base(String anything) {
    var self =
        hub.get(
                new Query("Patient", List.of()).and("_id", anything.replace(':', '-')).encoded(),
                institutions.get(0))
            .json()
            .at("/link/0/url")
            .asText();
    return self.substring(0, self.indexOf("Patient"));
  }

  private static IParser json() {
    return FhirContext.forR4Cached().newJsonParser();
  }
}

package io.yitong.hub.fhir.profile;

import io.yitong.hub.fhir.Flaw;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What validation by policy found in one request, for its answer. */
@RequestScoped
public class ValidationNotes {
  /** A set: a transaction that is tried again finds the same again. */
  private final Set<Flaw> flaws = new LinkedHashSet<>();

  void add(Collection<Flaw> found) {
    flaws.addAll(found);
  }

  public List<Flaw> flaws() {
    return List.copyOf(flaws);
  }
}

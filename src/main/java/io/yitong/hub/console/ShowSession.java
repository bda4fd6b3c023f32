package io.yitong.hub.console;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells the pages who is signed in. */
@ApplicationScoped
class ShowSession {
  /** The whole country keeps Beijing time. */
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final InstitutionNames institutions;
  private final Divisions divisions;
  private final String region;

  ShowSession(
      InstitutionNames institutions,
      Divisions divisions,
      @ConfigProperty(name = "yitong.hub.region") String region) {
    this.institutions = institutions;
    this.divisions = divisions;
    this.region = region;
  }

  Session show(Caller caller, String name) {
    return new Session(
        name,
        caller.institution().map(institutions::nameOf),
        divisions.nameOf(region),
        caller.roles().stream().map(Role::code).sorted().toList(),
        views(caller),
        ZONE.getId());
  }

  private static List<String> views(Caller caller) {
    return Stream.of(Role.OPERATOR, Role.CLINICIAN)
        .filter(caller::is)
        .map(role -> role == Role.OPERATOR ? "feeds" : "results")
        .toList();
  }
}

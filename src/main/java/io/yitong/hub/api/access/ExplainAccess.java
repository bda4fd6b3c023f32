package io.yitong.hub.api.access;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.operation.Asked;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.visibility.Grounds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code $explain-access}: says to the privacy officer why a caller may see a resource or may not:
 * which scope, rule, relationship or Consent decided. The caller is described by what its token
 * would say; the answer comes of the same rules and the same condition as that caller's read.
 */
@ApplicationScoped
class ExplainAccess implements Operation {
  private static final Set<String> PARAMETERS =
      Set.of(
          "resource",
          "permission",
          "client",
          "subject",
          "institution",
          "role",
          "scope",
          "purpose",
          "patient");

  private final AccessRules rules;
  private final Grounds grounds;

  ExplainAccess(AccessRules rules, Grounds grounds) {
    this.rules = rules;
    this.grounds = grounds;
  }

  @Override
  public OperationName name() {
    return new OperationName("explain-access");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of();
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.PRIVACY_OFFICER);
  }

  @Override
  public String definition() {
    return NamingSystems.BASE + "OperationDefinition/explain-access";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = Asked.of(call, PARAMETERS);
    var key =
        ResourceKey.ofReference(required(asked, "resource"))
            .orElseThrow(() -> Asked.invalid("resource", "Type/id"));
    var permission =
        switch (asked.text("permission").orElse("read")) {
          case "read" -> Permission.READ;
          case "search" -> Permission.SEARCH;
          default -> throw Asked.invalid("permission", "read | search");
        };
    var caller = caller(asked, call.caller().correlation());
    var explanation = new Explanation(caller, key, permission);
    try {
      var filter = rules.reading(caller, key.type(), permission);
      explanation.rule(filter.reach());
      explain(key, filter, explanation);
    } catch (HubException refusal) {
      explanation.refused(refusal);
    }
    return OperationAnswer.of(explanation.parameters());
  }

  private void explain(ResourceKey key, ReadFilter filter, Explanation explanation) {
    var found = grounds.of(key, filter);
    if (found.isEmpty()) {
      explanation.absent();
    } else {
      explanation.found(found.get(), filter);
    }
  }

  private static Caller caller(Asked asked, CorrelationId correlation) {
    var client = asked.text("client").orElse("unnamed");
    return new Caller(
        client,
        asked.text("subject").orElse(client),
        asked.text("institution").map(ExplainAccess::institution),
        asked.texts("role").stream().map(ExplainAccess::role).collect(Collectors.toSet()),
        Scopes.parse(required(asked, "scope")),
        asked.text("purpose").orElse("TREAT"),
        correlation,
        asked.text("patient"));
  }

  private static String required(Asked asked, String name) {
    return asked
        .text(name)
        .orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, name, name));
  }

  private static Role role(String code) {
    return Role.granted(code.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> Asked.invalid("role", code));
  }

  private static InstitutionId institution(String urn) {
    try {
      return new InstitutionId(urn);
    } catch (IllegalArgumentException e) {
      throw Asked.invalid("institution", "urn:yitong:institution:NNNNNN-name");
    }
  }
}

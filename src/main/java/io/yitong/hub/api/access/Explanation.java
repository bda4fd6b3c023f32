package io.yitong.hub.api.access;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Reach;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.visibility.Grounds.Care;
import io.yitong.hub.record.visibility.Grounds.Found;
import io.yitong.hub.record.visibility.Grounds.Said;
import java.util.Date;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;

/**
 * The answer of {@code $explain-access} in the making: the decision first, then what was looked at,
 * in the order in which it decides.
 */
final class Explanation {
  private final Parameters answer = new Parameters();
  private final ParametersParameterComponent decision = answer.addParameter().setName("decision");
  private final ParametersParameterComponent by = answer.addParameter().setName("decidedBy");
  private final ParametersParameterComponent zh = answer.addParameter().setName("zh");
  private final ParametersParameterComponent en = answer.addParameter().setName("en");

  Explanation(Caller caller, ResourceKey key, Permission permission) {
    for (var scope : caller.scopes().granting(key.type(), permission)) {
      answer.addParameter().setName("scope").setValue(new StringType(scope.toString()));
    }
  }

  Parameters parameters() {
    return answer;
  }

  /** By the scopes, by the caller's role, or by an agreement. */
  void refused(HubException refusal) {
    var code =
        switch (refusal.code()) {
          case SCOPE_MISSING -> "scope";
          case AGREEMENT_REFUSES -> "agreement";
          default -> "role";
        };
    decide(false, code, refusal.chinese(), refusal.english());
  }

  void rule(Reach reach) {
    answer
        .addParameter()
        .setName("rule")
        .setValue(new StringType(reach.getClass().getSimpleName()));
  }

  void absent() {
    decide(false, "absent", "平台没有该资源", "The hub has no such resource");
  }

  void found(Found found, ReadFilter filter) {
    describe(found);
    if (!found.withinScopes()) {
      decide(false, "scope", "该资源不在授权范围所限定的部分内", "It lies outside the part that the scopes open");
    } else if (found.referenceData()) {
      decide(found.shown(), "reference-data", "不属于任何患者的基础数据", "Reference data of no patient");
    } else if (found.own()) {
      decide(found.shown(), "own", "本机构的数据", "The institution's own data");
    } else if (filter.reach() instanceof RelatedTo related) {
      related(found, related);
    } else if (forbids(found)) {
      decide(found.shown(), "consent", "由患者的授权决定", "The patient's Consent decides");
    } else {
      decide(found.shown(), "role", "由调用者的角色决定", "The caller's role decides");
    }
  }

  private void related(Found found, RelatedTo related) {
    if (found.care().stream().anyMatch(care -> isGlass(care, related))) {
      decide(found.shown(), "break-glass", "越权调阅期间", "Past the rules, for a time");
    } else if (forbids(found)) {
      decide(found.shown(), "consent", "由患者的授权决定", "The patient's Consent decides");
    } else if (!found.sensitive().isEmpty()) {
      decide(
          found.shown(),
          "sensitive",
          "属于敏感类别，须有针对该类别的授权",
          "It is of a sensitive category, which takes consent to that category");
    } else if (inCare(found, related.institution())) {
      decide(
          found.shown(), "relationship", "机构与患者有诊疗关系", "The institution has the patient in care");
    } else {
      decide(
          found.shown(),
          found.shown() ? "consent" : "relationship",
          found.shown() ? "患者授权" : "机构与患者没有诊疗关系，也没有患者授权",
          found.shown()
              ? "The patient's Consent opens it"
              : "The institution has the patient neither in care nor their consent");
    }
  }

  private static boolean isGlass(Care care, RelatedTo related) {
    return care.holds()
        && care.source().equals("break-glass")
        && related.clinician().filter(care.by()::equals).isPresent();
  }

  private static boolean forbids(Found found) {
    return found.consents().stream().anyMatch(said -> said.applies() && !said.permit())
        || !found.sensitive().isEmpty() && found.consents().stream().anyMatch(Said::applies);
  }

  private static boolean inCare(Found found, InstitutionId institution) {
    return found.care().stream()
        .anyMatch(care -> care.holds() && care.by().equals(institution.urn()));
  }

  private void describe(Found found) {
    found
        .owner()
        .ifPresent(urn -> answer.addParameter().setName("owner").setValue(new StringType(urn)));
    found
        .patient()
        .ifPresent(id -> answer.addParameter().setName("patient").setValue(new StringType(id)));
    found
        .sensitive()
        .forEach(code -> answer.addParameter().setName("sensitive").setValue(new CodeType(code)));
    found.care().forEach(this::describe);
    found.consents().forEach(this::describe);
  }

  private void describe(Care care) {
    var part = answer.addParameter().setName("relationship");
    part.addPart().setName("source").setValue(new StringType(care.source()));
    part.addPart().setName("by").setValue(new StringType(care.by()));
    care.until()
        .ifPresent(
            until -> part.addPart().setName("until").setValue(new DateTimeType(Date.from(until))));
    part.addPart().setName("holds").setValue(new BooleanType(care.holds()));
  }

  private void describe(Said said) {
    var part = answer.addParameter().setName("consent");
    part.addPart().setName("source").setValue(new StringType("Consent/" + said.consent()));
    part.addPart().setName("provision").setValue(new IntegerType(said.place()));
    part.addPart().setName("depth").setValue(new IntegerType(said.depth()));
    part.addPart().setName("type").setValue(new CodeType(said.permit() ? "permit" : "deny"));
    part.addPart().setName("applies").setValue(new BooleanType(said.applies()));
  }

  private void decide(boolean permit, String code, String chinese, String english) {
    decision.setValue(new CodeType(permit ? "permit" : "deny"));
    by.setValue(new CodeType(code));
    zh.setValue(new StringType(chinese));
    en.setValue(new StringType(english));
  }
}

package io.yitong.hub.console;

import io.yitong.hub.console.PatientRecord.PartnerState;
import io.yitong.hub.console.PatientRecord.PartnerState.State;
import io.yitong.hub.console.PatientRecord.Source;
import io.yitong.hub.console.PatientRecord.SourceKind;
import io.yitong.hub.exchange.Partner;
import io.yitong.hub.exchange.PartnerAnswer;
import io.yitong.hub.exchange.PartnerAnswer.Answered;
import io.yitong.hub.exchange.PartnerAnswer.Late;
import io.yitong.hub.exchange.PartnerAnswer.NobodyFound;
import io.yitong.hub.exchange.PartnerAnswer.Refused;
import io.yitong.hub.exchange.PartnerResults;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Resource;

/** What was fetched of a person from partner hubs; a page never waits for a partner. */
@ApplicationScoped
class HeldResults {
  private final PartnerResults partners;
  private final Clock clock;

  HeldResults(PartnerResults partners, Clock clock) {
    this.partners = partners;
    this.clock = clock;
  }

  /**
   * @param contribution empty when the partner had nothing to say
   */
  record Held(PartnerState state, Optional<Contribution> contribution) {}

  List<Held> of(PersonId person) {
    return partners.held(person).stream().map(this::held).toList();
  }

  private Held held(PartnerAnswer answer) {
    var name = nameOf(answer.partner());
    if (answer instanceof Answered answered) {
      return answered(answered, name);
    }
    if (answer instanceof NobodyFound nobody) {
      var moment = Moment.of(nobody.at(), clock.instant());
      return new Held(
          new PartnerState(name, State.NOBODY_FOUND, Optional.of(moment), 0, Optional.empty()),
          Optional.empty());
    }
    if (answer instanceof Late) {
      return silent(name, State.LATE, ErrorCode.PARTNER_UNREACHABLE, "");
    }
    var refused = (Refused) answer;
    return silent(name, State.REFUSED, ErrorCode.PARTNER_REFUSED, refused.detail());
  }

  private Held answered(Answered answered, Text name) {
    var observations = only(answered.resources(), Observation.class);
    var source = new Source("partner:" + answered.partner().id(), SourceKind.PARTNER, name);
    var names = InstitutionNames.namesIn(only(answered.resources(), Organization.class));
    return new Held(
        new PartnerState(
            name,
            State.ANSWERED,
            Optional.of(Moment.of(answered.at(), clock.instant())),
            observations.size(),
            Optional.empty()),
        Optional.of(new Contribution(source, observations, names)));
  }

  private static Held silent(Text name, State state, ErrorCode code, String detail) {
    var text = new Text(code.chinese(name.zh(), detail), code.english(name.en(), detail));
    return new Held(
        new PartnerState(name, state, Optional.empty(), 0, Optional.of(text)), Optional.empty());
  }

  private static Text nameOf(Partner partner) {
    return new Text(partner.nameZh(), partner.nameEn());
  }

  private static <T extends Resource> List<T> only(List<Resource> resources, Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

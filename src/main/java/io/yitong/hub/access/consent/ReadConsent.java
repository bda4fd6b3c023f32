package io.yitong.hub.access.consent;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.json.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What a Consent (FHIR R4, 6.2) of scope patient-privacy says, as rules that can be enforced. One
 * that says what this hub cannot hold anybody to is refused rather than kept unheeded. A Consent of
 * another scope, or not active, says nothing here.
 */
public final class ReadConsent {
  private static final String PRIVACY = "patient-privacy";
  private static final Set<String> ACTIONS = Set.of("access", "use", "disclose");
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "type",
          "period",
          "actor",
          "action",
          "securityLabel",
          "purpose",
          "class",
          "code",
          "provision");
  private static final String RESOURCE_TYPES = "http://hl7.org/fhir/resource-types";

  private ReadConsent() {}

  /**
   * @throws HubException CONSENT_NOT_ENFORCEABLE, naming the element
   */
  public static List<ConsentRule> rules(Element consent) {
    var isPrivacy = codes(consent.children("scope")).anyMatch(PRIVACY::equals);
    if (!isPrivacy || !consent.value("status").equals(Optional.of("active"))) {
      return List.of();
    }
    var rules = new ArrayList<ConsentRule>();
    var whole =
        new Context(
            Optional.empty(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            new DateRange(DateRange.START, DateRange.END));
    var base = base(consent);
    consent
        .child("provision")
        .ifPresentOrElse(
            provision -> collect(provision, 0, base, whole, rules),
            () -> base.ifPresent(permit -> add(0, permit, whole, rules)));
    if (rules.isEmpty()) {
      throw refused("Consent.provision");
    }
    return rules;
  }

  /**
   * What holds where no provision says otherwise: the policy that was agreed to. A Consent's own
   * provision need not have a type (FHIR R4, Consent.provision.type).
   */
  private static Optional<Boolean> base(Element consent) {
    var policies = codes(consent.children("policyRule")).toList();
    if (policies.stream().anyMatch(code -> code.startsWith("OPTOUT"))) {
      return Optional.of(false);
    }
    return policies.stream().anyMatch(code -> code.startsWith("OPTIN"))
        ? Optional.of(true)
        : Optional.empty();
  }

  /** What a provision and those around it speak of; empty is everything. */
  private record Context(
      Optional<Set<InstitutionId>> institutions,
      Set<String> purposes,
      Set<String> types,
      Set<String> categories,
      Set<String> sensitivities,
      DateRange when) {}

  private static void collect(
      Element provision,
      int depth,
      Optional<Boolean> base,
      Context around,
      List<ConsentRule> rules) {
    provision.children().stream()
        .filter(child -> !UNDERSTOOD.contains(child.name()) && !child.name().equals("id"))
        .findFirst()
        .ifPresent(
            child -> {
              throw refused(child.path());
            });
    for (var action : provision.children("action")) {
      if (!codes(List.of(action)).allMatch(ACTIONS::contains)) {
        throw refused(action.path());
      }
    }
    var permit = provision.value("type").map(type -> type.equals("permit")).or(() -> base);
    if (permit.isEmpty() && depth > 0) {
      throw refused(provision.path() + ".type");
    }
    context(provision, around)
        .ifPresent(
            here -> {
              permit.ifPresent(says -> add(depth, says, here, rules));
              provision
                  .children("provision")
                  .forEach(
                      exception -> collect(exception, depth + 1, Optional.empty(), here, rules));
            });
  }

  private static void add(int depth, boolean permit, Context here, List<ConsentRule> rules) {
    var types = here.types().stream().map(ResourceType::valueOf).collect(Collectors.toSet());
    var institutions =
        here.institutions()
            .map(some -> some.stream().map(Optional::of))
            .orElseGet(() -> Stream.of(Optional.empty()));
    institutions.forEach(
        institution ->
            rules.add(
                new ConsentRule(
                    depth,
                    permit,
                    institution,
                    here.purposes(),
                    types,
                    here.categories(),
                    here.sensitivities(),
                    here.when())));
  }

  /** Within what is around it; empty when nothing is left, so that it can never apply. */
  private static Optional<Context> context(Element provision, Context around) {
    var actors = provision.children("actor");
    var named =
        actors.isEmpty()
            ? Optional.<Set<InstitutionId>>empty()
            : Optional.of(
                actors.stream().map(ReadConsent::institution).collect(Collectors.toSet()));
    var institutions =
        named.isEmpty()
            ? around.institutions()
            : around.institutions().map(outer -> both(outer, named.get())).or(() -> named);
    var purposes = within(around.purposes(), said(provision, "purpose", code -> true));
    var types = within(around.types(), said(provision, "class", ReadConsent::isType));
    var categories = within(around.categories(), said(provision, "code", code -> true));
    var sensitivities =
        within(
            around.sensitivities(),
            said(provision, "securityLabel", SensitiveCategories.CODES::contains));
    var when = within(around.when(), provision);
    if (institutions.filter(Set::isEmpty).isPresent()
        || when.isEmpty()
        || Stream.of(purposes, types, categories, sensitivities).anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        new Context(
            institutions,
            purposes.get(),
            types.get(),
            categories.get(),
            sensitivities.get(),
            when.get()));
  }

  /** Empty in the end when both say something and have nothing in common. */
  private static Optional<Set<String>> within(Set<String> outer, Set<String> inner) {
    if (outer.isEmpty() || inner.isEmpty()) {
      return Optional.of(outer.isEmpty() ? inner : outer);
    }
    return Optional.of(both(outer, inner)).filter(common -> !common.isEmpty());
  }

  private static <T> Set<T> both(Set<T> one, Set<T> other) {
    var both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static Optional<DateRange> within(DateRange outer, Element provision) {
    var period = provision.child("period");
    if (period.isEmpty()) {
      return Optional.of(outer);
    }
    var start = bound(period.get(), "start").map(DateRange::low).orElse(outer.low());
    var end = bound(period.get(), "end").map(DateRange::high).orElse(outer.high());
    var low = start.isAfter(outer.low()) ? start : outer.low();
    var high = end.isBefore(outer.high()) ? end : outer.high();
    return low.isBefore(high) ? Optional.of(new DateRange(low, high)) : Optional.empty();
  }

  private static Optional<DateRange> bound(Element period, String name) {
    return period
        .value(name)
        .map(text -> DateRange.parse(text).orElseThrow(() -> refused(period.path() + "." + name)));
  }

  private static InstitutionId institution(Element actor) {
    return actor
        .child("reference")
        .flatMap(ReadCare::institution)
        .orElseThrow(() -> refused(actor.path() + ".reference"));
  }

  private static boolean isType(String code) {
    return Stream.of(ResourceType.values()).anyMatch(type -> type.name().equals(code));
  }

  private static Set<String> said(
      Element provision, String name, Function<String, Boolean> understood) {
    var said = new HashSet<String>();
    for (var child : provision.children(name)) {
      var codings = child.type().equals("Coding") ? List.of(child) : child.children("coding");
      if (codings.isEmpty()) {
        throw refused(child.path());
      }
      for (var coding : codings) {
        var code = coding.value("code").orElseThrow(() -> refused(child.path()));
        var ofTypes = coding.value("system").filter(system -> !system.equals(RESOURCE_TYPES));
        if (!understood.apply(code) || name.equals("class") && ofTypes.isPresent()) {
          throw refused(child.path());
        }
        said.add(code);
      }
    }
    return said;
  }

  private static Stream<String> codes(List<Element> concepts) {
    return concepts.stream()
        .flatMap(concept -> concept.children("coding").stream())
        .flatMap(coding -> coding.value("code").stream());
  }

  private static HubException refused(String path) {
    return new HubException(ErrorCode.CONSENT_NOT_ENFORCEABLE, path, path);
  }
}

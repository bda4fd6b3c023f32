package io.yitong.hub.api.operation;

import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.patient.PatientRecordCursor;
import io.yitong.hub.record.patient.PatientRecordPage;
import io.yitong.hub.record.patient.PatientRecordQuery;
import io.yitong.hub.record.patient.ReadPatientRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Patient/[id]/$everything} (FHIR R4): the record of that Patient, which is what one
 * institution knows of a person. The person's Patients at other institutions are not mixed in: the
 * answer says whose record each resource is in, and the Person in it names the others, each with a
 * record of its own.
 */
@ApplicationScoped
class FetchEverything implements Operation {
  private static final Set<String> PARAMETERS =
      Set.of("start", "end", "_since", "_type", "_count", "_cursor");

  /**
   * Without _count the whole record comes at once, up to this many; what is left by a next link.
   */
  private static final int MOST = 5000;

  private final ReadPatientRecord records;
  private final ReadResource read;
  private final HubAddress address;

  FetchEverything(ReadPatientRecord records, ReadResource read, HubAddress address) {
    this.records = records;
    this.read = read;
    this.address = address;
  }

  @Override
  public OperationName name() {
    return new OperationName("everything");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.Patient);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.PARTNER, Role.PATIENT);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Patient-everything";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = Asked.of(call, PARAMETERS);
    var key = new ResourceKey(ResourceType.Patient, asked.id());
    var page = records.page(query(asked), call.filter());
    if (page.record().isEmpty() || isFirstWithout(key, page, asked)) {
      requireSomethingToSee(key, page, call);
    }
    return new OperationAnswer.Text(bundle(key, page, asked), Optional.of(key.id()));
  }

  private static PatientRecordQuery query(Asked asked) {
    return new PatientRecordQuery(
        asked.id(),
        asked.types("_type"),
        asked.date("_since").map(DateRange::low),
        asked.date("start").map(DateRange::low),
        asked.date("end").map(DateRange::high),
        Math.min(asked.positive("_count").orElse(MOST), MOST),
        asked
            .text("_cursor")
            .map(
                text ->
                    PatientRecordCursor.read(text)
                        .orElseThrow(() -> Asked.invalid("_cursor", "next"))));
  }

  private static boolean isFirstWithout(ResourceKey key, PatientRecordPage page, Asked asked) {
    return asked.text("_cursor").isEmpty() && !page.record().get(0).key().equals(key);
  }

  /**
   * The Patient was left out by _type or _since, was deleted, or is not for this caller: then there
   * must be something of the record that is.
   */
  private void requireSomethingToSee(ResourceKey key, PatientRecordPage page, Invocation call) {
    var patient = read.current(key, call.filter());
    if (patient.isPresent() || page.record().isEmpty()) {
      Absence.require(read, key, call.filter());
    }
  }

  private byte[] bundle(ResourceKey key, PatientRecordPage page, Asked asked) {
    var bundle = new BundleText("searchset");
    var self = address.of(key.reference()) + "/$everything";
    var query = asked.queryString("_cursor");
    var next =
        page.next().map(cursor -> self + "?" + (query + "&_cursor=" + cursor.write()).substring(1));
    var cursor = asked.text("_cursor").map(text -> "&_cursor=" + text).orElse("");
    var asAsked = query + cursor;
    bundle.links(
        asAsked.isEmpty() ? self : self + "?" + asAsked.substring(1), next, Optional.empty());
    for (var resource : page.record()) {
      bundle.found(address.of(resource.key().reference()), resource.json(), "match");
    }
    for (var resource : page.supporting()) {
      bundle.found(address.of(resource.key().reference()), resource.json(), "include");
    }
    return bundle.end();
  }
}

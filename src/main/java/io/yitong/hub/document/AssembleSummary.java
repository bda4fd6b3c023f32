package io.yitong.hub.document;

import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.patient.FollowReferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** Puts a patient summary together: Composition, Patients, entries, and who is named in them. */
@ApplicationScoped
class AssembleSummary {
  /** What an entry refers to that a reader of the summary needs with it. */
  private static final Set<ResourceType> NAMED =
      Set.of(
          ResourceType.Device,
          ResourceType.Location,
          ResourceType.Medication,
          ResourceType.Organization,
          ResourceType.Practitioner,
          ResourceType.PractitionerRole,
          ResourceType.Specimen);

  private final CollectSummary collect;
  private final ReadResource read;
  private final FollowReferences references;
  private final HubAddress address;
  private final Clock clock;
  private final String hub;

  AssembleSummary(
      CollectSummary collect,
      ReadResource read,
      FollowReferences references,
      HubAddress address,
      Clock clock,
      @ConfigProperty(name = "yitong.hub.name") String hub) {
    this.collect = collect;
    this.read = read;
    this.references = references;
    this.address = address;
    this.clock = clock;
    this.hub = hub;
  }

  /**
   * @param patients ids of the Patients that stand for the person, that one's among them
   * @return a document Bundle as JSON
   */
  byte[] of(StoredResource patient, Collection<String> patients, ReadFilter filter) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var patientUrl = address.of(patient.key().reference());
    var author = "urn:uuid:" + UUID.randomUUID();
    var composition = composition(patientUrl, author, Date.from(now));
    var items = new ArrayList<SummaryItem>();
    for (var section : SummarySection.values()) {
      var found = collect.of(section, patients, filter);
      var entries = found.items().isEmpty() ? NothingKnown.of(section, patientUrl) : found.items();
      if (section.isRequired() || !entries.isEmpty()) {
        add(composition, section, found, entries);
        items.addAll(entries);
      }
    }
    var document = new DocumentText(UUID.randomUUID().toString(), now);
    document.entry("urn:uuid:" + UUID.randomUUID(), FhirJson.write(composition));
    document.entry(patientUrl, patient.json());
    document.entry(author, FhirJson.write(hub()));
    items.forEach(item -> document.entry(item.fullUrl(), item.json()));
    named(patient, items, patients, filter).forEach(document::entry);
    return document.end();
  }

  private static Composition composition(String patientUrl, String author, Date now) {
    var composition = new Composition();
    composition.setStatus(CompositionStatus.FINAL);
    composition.setType(
        new CodeableConcept()
            .addCoding(new Coding("http://loinc.org", "60591-5", "Patient summary Document")));
    composition.setSubject(new Reference(patientUrl));
    composition.setDate(now);
    composition.addAuthor(new Reference(author));
    composition.setCustodian(new Reference(author));
    composition.setTitle("患者摘要 Patient summary");
    return composition;
  }

  private static void add(
      Composition composition,
      SummarySection section,
      CollectSummary.Collected found,
      List<SummaryItem> entries) {
    var part =
        composition
            .addSection()
            .setTitle(section.title())
            .setCode(section.code())
            .setText(Narrative.of(section, found.items(), found.isCut()));
    entries.forEach(entry -> part.addEntry(new Reference(entry.fullUrl())));
  }

  private Organization hub() {
    var organization = new Organization();
    organization.setName("医通区域平台 Yitong hub " + hub);
    return organization;
  }

  /** The person's other Patients and whom and what the entries name, by full URL. */
  private Map<String, byte[]> named(
      StoredResource patient,
      List<SummaryItem> items,
      Collection<String> patients,
      ReadFilter filter) {
    var keys = new TreeSet<ResourceKey>();
    items.forEach(item -> keys.addAll(references.of(item.json())));
    keys.removeIf(
        key ->
            !NAMED.contains(key.type())
                && !(key.type() == ResourceType.Patient && patients.contains(key.id())));
    keys.addAll(
        references.of(patient.json()).stream().filter(key -> NAMED.contains(key.type())).toList());
    keys.remove(patient.key());
    var found = new LinkedHashMap<String, byte[]>();
    read.current(keys, filter).values().stream()
        .filter(each -> !each.deleted())
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .forEach(each -> found.put(address.of(each.key().reference()), each.json()));
    return found;
  }
}

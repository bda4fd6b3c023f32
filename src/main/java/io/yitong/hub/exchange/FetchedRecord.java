package io.yitong.hub.exchange;

import io.yitong.hub.access.Agreement;
import io.yitong.hub.fhir.NamingSystems;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Specimen;

/**
 * What one fetch brought, of what was asked: results of the persons matched, in the agreed
 * categories, and what they refer to. Whatever else a partner sends is left out.
 */
final class FetchedRecord {
  private final Partnership partnership;
  private final Set<String> patients;
  private final Map<String, Resource> resources = new LinkedHashMap<>();

  FetchedRecord(Partnership partnership, Collection<String> patientIds) {
    this.partnership = partnership;
    this.patients = Set.copyOf(patientIds);
  }

  void add(Bundle page) {
    page.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(this::wanted)
        .forEach(this::keep);
  }

  /** The resources and the Provenance of this fetch, as a collection. */
  Bundle bundle(Instant at) {
    var bundle = new Bundle().setType(BundleType.COLLECTION);
    bundle.setTimestampElement(new InstantType(Date.from(at)));
    resources.forEach((url, resource) -> bundle.addEntry().setFullUrl(url).setResource(resource));
    if (!resources.isEmpty()) {
      bundle.addEntry().setResource(provenance(at));
    }
    return bundle;
  }

  int size() {
    return resources.size();
  }

  private boolean wanted(Resource resource) {
    if (resource == null || resource.getIdElement().getIdPart() == null) {
      return false;
    }
    if (resource instanceof Observation observation) {
      return ofPatient(observation.getSubject()) && agreed(observation);
    }
    if (resource instanceof DiagnosticReport report) {
      return ofPatient(report.getSubject());
    }
    if (resource instanceof Specimen specimen) {
      return ofPatient(specimen.getSubject());
    }
    return resource instanceof Organization;
  }

  private boolean ofPatient(Reference subject) {
    var reference = subject.getReferenceElement();
    var here = !reference.hasBaseUrl() || reference.getBaseUrl().equals(base() + "/");
    return here
        && "Patient".equals(reference.getResourceType())
        && patients.contains(reference.getIdPart());
  }

  private boolean agreed(Observation observation) {
    return observation.getCategory().stream()
        .flatMap(category -> category.getCoding().stream())
        .filter(coding -> NamingSystems.OBSERVATION_CATEGORY.equals(coding.getSystem()))
        .anyMatch(coding -> partnership.agreement().categories().contains(coding.getCode()));
  }

  private void keep(Resource resource) {
    var url = base() + "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    var version = resource.getMeta().getVersionId();
    resource.getMeta().setSource(version == null ? url : url + "/_history/" + version);
    resources.put(url, resource);
  }

  private Provenance provenance(Instant at) {
    var provenance = new Provenance();
    provenance.setRecordedElement(new InstantType(Date.from(at)));
    provenance.addPolicy(Agreement.policy(partnership.agreement().name()));
    provenance
        .addAgent()
        .setWho(
            new Reference("Organization/" + partnership.organization())
                .setDisplay(partnership.partner().nameZh()));
    for (var source : sources()) {
      provenance.addTarget(new Reference(source));
      provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(new Reference(source));
    }
    return provenance;
  }

  private List<String> sources() {
    return resources.values().stream().map(resource -> resource.getMeta().getSource()).toList();
  }

  private String base() {
    return partnership.partner().baseUrl();
  }
}

package io.yitong.hub.feed;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hl7.fhir.r4.model.Organization;

/** The hub's institutions as Organizations, so that what their feeds write can refer to them. */
@ApplicationScoped
class RegisterInstitutions {
  private final Senders senders;
  private final WriteResources record;

  RegisterInstitutions(Senders senders, WriteResources record) {
    this.senders = senders;
    this.record = record;
  }

  void register() {
    for (var file : senders.institutions()) {
      record.put(
          organization(file),
          Optional.empty(),
          new WriteContext(
              Caller.hub("institutions", CorrelationId.random()),
              Optional.empty(),
              Optional.empty(),
              NamingSystems.BASE + "institutions"));
    }
  }

  private static Organization organization(InstitutionFile file) {
    var organization = new Organization();
    organization.setId(file.institution().name());
    organization.addIdentifier(file.institution().asIdentifier());
    organization.setActive(true).setName(file.nameZh()).addAlias(file.nameEn());
    return organization;
  }
}

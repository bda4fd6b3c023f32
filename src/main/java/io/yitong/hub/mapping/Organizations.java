package io.yitong.hub.mapping;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ResourceKey;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** Organisations a message names; registered, since their own entries are kept elsewhere. */
public final class Organizations {
  private Organizations() {}

  /** The institution the message comes from. */
  public static Reference sender(Dialect dialect, TransactionDraft draft) {
    return of(
        dialect.institution(), dialect.organizationNameZh(), dialect.organizationNameEn(), draft);
  }

  /** Another institution of the region. */
  public static Reference institution(
      InstitutionId institution, String name, TransactionDraft draft) {
    return of(institution, name, "", draft);
  }

  /**
   * One that is no institution of the region, as the sender numbers it.
   *
   * @param id FHIR id
   */
  public static Reference other(
      String id, Identifier identifier, String name, TransactionDraft draft) {
    return register(id, identifier, name, "", draft);
  }

  private static Reference of(
      InstitutionId institution, String name, String alias, TransactionDraft draft) {
    return register(institution.name(), institution.asIdentifier(), name, alias, draft);
  }

  private static Reference register(
      String id, Identifier identifier, String name, String alias, TransactionDraft draft) {
    var key = new ResourceKey(ResourceType.Organization, id);
    if (!draft.has(key)) {
      var organization = new Organization();
      organization.setId(id);
      organization.addIdentifier(identifier).setActive(true).setName(name);
      if (!alias.isEmpty()) {
        organization.addAlias(alias);
      }
      draft.register(organization);
    }
    return new Reference(key.reference()).setIdentifier(identifier.copy()).setDisplay(name);
  }
}

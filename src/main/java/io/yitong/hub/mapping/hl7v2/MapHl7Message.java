package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.mapping.Dialect;
import io.yitong.hub.mapping.Mapped;
import jakarta.enterprise.context.ApplicationScoped;

/** HL7 v2 to FHIR, after the HL7 v2-to-FHIR implementation guide. */
@ApplicationScoped
public class MapHl7Message {
  /**
   * @param messageUri identity of the message; becomes meta.source of every resource
   * @return never an exception for what a message can contain
   */
  public Mapped map(Hl7Message message, Dialect dialect, String messageUri) {
    throw new UnsupportedOperationException();
  }
}

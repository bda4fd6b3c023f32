package io.yitong.hub.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Which person each institution's Patient stands for: the projection by which a query reaches the
 * whole record of a person. Written by {@code identity}, in the transaction of the write that
 * caused it.
 */
@ApplicationScoped
public class PersonLinks {
  /** Sets the person of each patient id, replacing the one before. */
  public void link(Map<String, UUID> personByPatientId) {
    throw new UnsupportedOperationException();
  }

  /** Patient id to person; patients without a person are missing. */
  public Map<String, UUID> personsOf(Collection<String> patientIds) {
    throw new UnsupportedOperationException();
  }
}

package io.yitong.hub.mapping;

import io.yitong.hub.fhir.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;

/** What mapping made of a message. */
public sealed interface Mapped {

  /**
   * The message as FHIR.
   *
   * @param transaction entries {@code PUT Type/id} with relative references. An entry with {@code
   *     request.ifNoneMatch = "*"} is to be written only where nothing is stored under that id yet:
   *     what the message says of it in passing (the Patient of a result, a physician's name) must
   *     not overwrite what is known better
   * @param messageType type and trigger, for example {@code ORU^R01}
   * @param asOf when the sender says this was so (EVN-2, else MSH-7)
   * @param patientNumber the institution's number of the patient the message is about
   * @param unmapped where the message says something that went nowhere, for example {@code ZPI-3}
   */
  record Success(
      Bundle transaction,
      String messageType,
      Optional<Instant> asOf,
      String patientNumber,
      List<String> unmapped)
      implements Mapped {
    public Success {
      unmapped = List.copyOf(unmapped);
    }
  }

  /**
   * Why it cannot become FHIR.
   *
   * @param where the segment, field or column it is about; empty when it is about none
   * @param arguments what the texts of the code take, in order
   */
  record Refusal(ErrorCode code, String where, List<Object> arguments) implements Mapped {
    public Refusal {
      arguments = List.copyOf(arguments);
    }

    public static Refusal of(ErrorCode code, String where, Object... arguments) {
      return new Refusal(code, where, List.of(arguments));
    }
  }
}

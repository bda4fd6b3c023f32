package io.yitong.hub.exchange;

import io.yitong.hub.fhir.ErrorCode;

/**
 * Why a partner gave no answer to work with.
 *
 * <p>{@link Unreachable} counts for the circuit breaker; a refusal is an answer.
 */
abstract sealed class PartnerFault extends Exception {
  private static final long serialVersionUID = 1L;

  private PartnerFault(String message) {
    super(message, null, false, false);
  }

  abstract PartnerAnswer answer(Partner partner);

  /** Not back by the deadline. */
  static final class Late extends PartnerFault {
    private static final long serialVersionUID = 1L;

    Late() {
      super("deadline passed");
    }

    @Override
    PartnerAnswer answer(Partner partner) {
      return new PartnerAnswer.Late(partner);
    }
  }

  /** No connection, a broken one, or a server error. */
  static final class Unreachable extends PartnerFault {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }

    @Override
    PartnerAnswer answer(Partner partner) {
      return new PartnerAnswer.Refused(partner, ErrorCode.PARTNER_UNREACHABLE, getMessage());
    }
  }

  /** It said no, or said something that cannot be used. */
  static final class Refused extends PartnerFault {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }

    @Override
    PartnerAnswer answer(Partner partner) {
      return new PartnerAnswer.Refused(partner, ErrorCode.PARTNER_REFUSED, getMessage());
    }
  }
}

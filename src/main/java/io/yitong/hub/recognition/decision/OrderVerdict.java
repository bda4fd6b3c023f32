package io.yitong.hub.recognition.decision;

import java.util.List;

/** What the hub says of one ordered line. */
public sealed interface OrderVerdict {
  Order.Line line();

  /** Every required analyte is covered: the order may be withdrawn, and this is saved. */
  record MayBeWithdrawn(Order.Line line, ChargeItem ordered, List<Verdict> analytes, Price saving)
      implements OrderVerdict {
    public MayBeWithdrawn {
      analytes = List.copyOf(analytes);
    }
  }

  /** Some required analyte is not covered: the order stands, and what is known is shown. */
  record Stands(Order.Line line, ChargeItem ordered, List<Verdict> analytes)
      implements OrderVerdict {
    public Stands {
      analytes = List.copyOf(analytes);
    }
  }

  /** Nothing of the catalogue is ordered. */
  record NotInCatalogue(Order.Line line) implements OrderVerdict {}
}

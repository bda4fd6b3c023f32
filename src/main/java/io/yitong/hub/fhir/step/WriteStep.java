package io.yitong.hub.fhir.step;

/**
 * Runs inside the transaction of every write, whichever way the resources came, before they are
 * stored. A CDI bean of this type takes part; lower {@link #order()} first. What it throws undoes
 * the whole transaction.
 */
public interface WriteStep {
  int order();

  /** Called once per transaction with all its resources, so that one statement serves them all. */
  void before(WriteBatch batch);
}

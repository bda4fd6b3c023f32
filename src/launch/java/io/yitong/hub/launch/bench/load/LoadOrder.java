package io.yitong.hub.launch.bench.load;

/**
 * What the generator is to do.
 *
 * @param first the first patient to load; of no meaning for other work
 * @param requests how many at most; 0 for as many as the time allows
 * @param warmSeconds before anything counts
 * @param seconds how long; 0 until all requests are done
 * @param samples how many answers' bodies to keep
 * @param token sent with every request; empty for none
 */
public record LoadOrder(
    Work work,
    int port,
    int patients,
    long first,
    int connections,
    long requests,
    double warmSeconds,
    double seconds,
    int samples,
    long seed,
    String token) {

  public LoadOrder(
      Work work,
      int port,
      int patients,
      long first,
      int connections,
      long requests,
      double warmSeconds,
      double seconds,
      int samples,
      long seed) {
    this(
        work,
        port,
        patients,
        first,
        connections,
        requests,
        warmSeconds,
        seconds,
        samples,
        seed,
        "");
  }

  /** The transactions that add patients to a population. */
  public static LoadOrder loading(int port, long first, int patients, int connections) {
    return new LoadOrder(
        Work.LOAD,
        port,
        patients,
        first,
        connections,
        LoadRequests.count(first, patients),
        0,
        0,
        0,
        first);
  }
}

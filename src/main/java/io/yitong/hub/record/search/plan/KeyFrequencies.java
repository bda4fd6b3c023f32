package io.yitong.hub.record.search.plan;

/** How often keys stand in rows, as PostgreSQL last counted; the planner cannot tell by type. */
public interface KeyFrequencies {
  /** Where nothing is known, as in a small store. */
  KeyFrequencies NONE = key -> false;

  /** Whether so many rows hold the key that it is no way into the store. */
  boolean isCommon(long key);
}

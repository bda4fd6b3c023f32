package io.yitong.hub.launch.bench.load;

/** What plain PostgreSQL does on the same machine at the same durability. */
public enum Yardstick {
  /** One row with a jsonb column in each commit. */
  JSONB_INSERT,
  /** A row of the same JSON and 6 rows of an index table in one commit. */
  DOCUMENT_AND_INDEX,
  /** A row by its primary key. */
  PRIMARY_KEY_SELECT,
  /** 1,000 rows in each COPY. */
  COPY
}

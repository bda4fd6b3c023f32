package io.yitong.hub.search.generate;

/** Kinds of queries, so that what a hub does not offer can be left out. */
public enum Family {
  TOKEN,
  /** {@code system|}. */
  TOKEN_OF_SYSTEM,
  TOKEN_TEXT,
  TOKEN_NOT,
  OF_TYPE,
  VALUE_SET,
  /** {@code :above} and {@code :below} of a code. */
  CODE_HIERARCHY,
  /** {@code _text} and {@code _content}. */
  WORDS,
  CONTAINED,
  MISSING,
  STRING,
  REFERENCE,
  REFERENCE_IDENTIFIER,
  CHAIN,
  DEEP_CHAIN,
  HAS,
  NESTED_HAS,
  CHAIN_WITHIN_HAS,
  /** {@code _source}, which the hub sets where the sender does not. */
  SOURCE,
  /** Of a reference that may lead to any type. */
  REFERENCE_OF_ANY_TYPE,
  CANONICAL,
  /** Modifiers of {@code _id} and {@code _lastUpdated}. */
  MODIFIED_ID,
  DATE,
  /** Timings and dates given several times. */
  TIMING,
  APPROXIMATE_DATE,
  NUMBER,
  QUANTITY,
  COMPARATOR,
  LONG_DECIMALS,
  CANONICAL_QUANTITY,
  COMPOSITE,
  URI,
  URI_HIERARCHY,
  NEAR,
  LIST,
  FILTER,
  SORT,
  INCLUDE,
  INCLUDE_ITERATE,
  INCLUDE_ALL,
  COMPARTMENT,
  SYSTEM
}

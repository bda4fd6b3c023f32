package io.yitong.hub.record.index;

import java.util.List;
import java.util.Optional;

/**
 * What a resource can be found by.
 *
 * @param keys see {@link Keys}; sorted, no key twice
 * @param main the dates of {@link SearchParameters#main}, all of them in one range
 * @param dates those of the other parameters
 * @param patientId whose record it belongs to
 * @param categories codes of what kind of result it is, by which partners' agreements speak
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record IndexEntries(
    long[] keys,
    Optional<DateRange> main,
    List<OfDate> dates,
    List<OfText> texts,
    List<OfQuantity> quantities,
    Optional<String> patientId,
    List<String> categories) {

  /**
   * @param parameter {@link SearchParameter#code()}
   */
  public record OfDate(int parameter, DateRange range) {}

  /**
   * @param text {@link NormalisedText}
   */
  public record OfText(int parameter, String text) {}

  /**
   * @param low equals {@code high} for an exact value; infinite where a comparator or range is open
   * @param units hashes of {@code system|code}, {@code code} and the written unit
   */
  public record OfQuantity(int parameter, double low, double high, List<Long> units) {}
}

package io.yitong.hub.record.index;

import io.yitong.hub.fhir.DateRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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
    List<OfCode> codes,
    List<OfPosition> positions,
    List<OfGroup> groups,
    Optional<String> patientId,
    List<String> categories) {

  /** Without those in the order of time, which are of resources that stand by themselves. */
  public IndexEntries withoutCodes() {
    return new IndexEntries(
        keys, main, dates, texts, quantities, List.of(), positions, groups, patientId, categories);
  }

  /**
   * @param parameter {@link SearchParameter#code()}
   */
  public record OfDate(int parameter, DateRange range) {}

  /**
   * @param text {@link NormalisedText}
   */
  public record OfText(int parameter, String text) {}

  /**
   * @param canonical in base units where the unit has them
   * @param written the same as it was written
   * @param open which of its ends it is not itself: {@link #LOW} of {@code >5}, {@link #HIGH} of
   *     {@code <5}; zero for neither
   * @param base hash of what kind of quantity the unit measures; zero when it has no base units
   * @param units hashes by which the unit can be asked for otherwise: {@code code}, the written
   *     unit, {@code system|code} when it has no base units
   */
  public record OfQuantity(
      int parameter, Span canonical, Span written, int open, long base, List<Long> units) {
    public static final int LOW = 1;
    public static final int HIGH = 2;
  }

  /**
   * The numbers between two, exactly (FHIR R4, 2.24.0.1).
   *
   * @param low empty where there is no least
   * @param high equals {@code low} for one number; empty where there is no greatest
   */
  public record Span(Optional<BigDecimal> low, Optional<BigDecimal> high) {
    Span times(BigDecimal factor) {
      return new Span(
          low.map(number -> number.multiply(factor)), high.map(number -> number.multiply(factor)));
    }
  }

  /**
   * @param code key of the code under its parameter
   * @param system hash of the system
   */
  public record OfCode(long code, long system) {}

  /** Degrees. */
  public record OfPosition(double latitude, double longitude) {}

  /**
   * One element of a composite parameter.
   *
   * @param keys of all components that are met by equality, and of units
   * @param ranges of the components that are compared, by place; of dates in seconds since 1970
   * @param texts of the components that are strings, by place
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record OfGroup(
      int parameter, long[] keys, Map<Integer, OfQuantity> ranges, Map<Integer, String> texts) {}
}

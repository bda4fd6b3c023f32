package io.yitong.hub.search;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Location.LocationPositionComponent;

/** {@code near} of Location: {@code latitude|longitude|distance|unit} (8.7.5). */
final class Nearness {
  private static final double EARTH_KM = 6371.0088;
  private static final double MILE_KM = 1.609344;

  private Nearness() {}

  static boolean match(List<Base> values, String raw) {
    var parts = Syntax.split(raw, '|');
    var limit = Double.parseDouble(parts.get(2)) * kilometres(parts.get(3));
    return values.stream()
        .map(LocationPositionComponent.class::cast)
        .anyMatch(
            position ->
                distance(
                        Math.toRadians(Double.parseDouble(parts.get(0))),
                        Math.toRadians(Double.parseDouble(parts.get(1))),
                        Math.toRadians(position.getLatitude().doubleValue()),
                        Math.toRadians(position.getLongitude().doubleValue()))
                    <= limit);
  }

  private static double kilometres(String unit) {
    return switch (unit) {
      case "km" -> 1;
      case "m" -> 0.001;
      case "[mi_us]", "[mi_i]" -> MILE_KM;
      default -> throw new IllegalArgumentException(unit);
    };
  }

  /** On a great circle, by the haversine. */
  private static double distance(double latitude, double longitude, double other, double else_) {
    var across = Math.sin((other - latitude) / 2);
    var along = Math.sin((else_ - longitude) / 2);
    var half = across * across + Math.cos(latitude) * Math.cos(other) * along * along;
    return 2 * EARTH_KM * Math.asin(Math.sqrt(half));
  }
}

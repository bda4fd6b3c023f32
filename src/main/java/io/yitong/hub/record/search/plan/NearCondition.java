package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.terminology.CanonicalUnit;
import java.math.BigDecimal;

/**
 * {@code Location?near=latitude|longitude|distance|units} (FHIR R4, 8.7.6.2), on a sphere; without
 * a distance 50 km, without a unit kilometres.
 */
final class NearCondition {
  private static final double EARTH_RADIUS = 6_371_008.8;
  private static final double METRES_A_DEGREE = 111_000;
  private static final BigDecimal DISTANCE = BigDecimal.valueOf(50);
  private static final String FORM = "latitude|longitude|distance|km";

  private NearCondition() {}

  static Sql of(String name, String value, String alias) {
    var parts = Values.parts(value);
    if (parts.size() < 2 || parts.size() > 4) {
      throw Refusal.value(name, value, FORM);
    }
    var latitude = degrees(name, value, parts.get(0), 90);
    var longitude = degrees(name, value, parts.get(1), 180);
    var metres =
        distance(
            name,
            value,
            parts.size() > 2 ? parts.get(2) : "",
            parts.size() > 3 ? parts.get(3) : "");
    var band = metres / METRES_A_DEGREE;
    return Sql.of(
        """
        exists (select 1 from index_position i where i.rid = ALIAS.rid
                  and i.latitude between ? and ?
                  and 2 * ? * asin(least(1, sqrt(power(sind((i.latitude - ?) / 2), 2)
                      + cosd(i.latitude) * cosd(?) * power(sind((i.longitude - ?) / 2), 2)))) <= ?)\
        """
            .replace("ALIAS", alias),
        latitude - band,
        latitude + band,
        EARTH_RADIUS,
        latitude,
        latitude,
        longitude,
        metres);
  }

  private static double degrees(String name, String value, String text, int most) {
    var degrees = Values.number(name, text, value).doubleValue();
    if (Math.abs(degrees) > most) {
      throw Refusal.value(name, value, FORM);
    }
    return degrees;
  }

  private static double distance(String name, String value, String number, String unit) {
    var distance = number.isEmpty() ? DISTANCE : Values.number(name, number, value);
    var metre = CanonicalUnit.of("m").orElseThrow();
    return CanonicalUnit.of(unit.isEmpty() ? "km" : unit.equals("mi") ? "[mi_i]" : unit)
        .filter(canonical -> canonical.kind().equals(metre.kind()))
        .map(canonical -> distance.multiply(canonical.factor()).doubleValue())
        .orElseThrow(() -> Refusal.value(name, value, FORM));
  }
}

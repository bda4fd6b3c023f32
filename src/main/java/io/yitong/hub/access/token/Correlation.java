package io.yitong.hub.access.token;

import io.yitong.hub.fhir.CorrelationId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The correlation id a request brings, when it is fit to be written into logs as it is. */
public final class Correlation {
  public static final String HEADER = "X-Correlation-Id";

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private Correlation() {}

  public static CorrelationId of(String header) {
    return Optional.ofNullable(header)
        .filter(value -> SAFE.matcher(value).matches())
        .map(CorrelationId::new)
        .orElseGet(CorrelationId::random);
  }
}

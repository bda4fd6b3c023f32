package io.yitong.hub.access.token;

import io.yitong.hub.access.audit.Access;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Scopes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whoever calls without a token that says who it is; for the audit, since it gets nothing. */
public final class Anonymous {
  public static final String NAME = "anonymous";

  private Anonymous() {}

  /** The refusal of a request before it had a caller. */
  public static Access refused(
      String client, String method, String path, CorrelationId correlation, ErrorCode code) {
    var caller =
        new Caller(
            client, client, Optional.empty(), Set.of(), new Scopes(List.of()), "", correlation);
    return new Access(
        caller,
        'E',
        "authenticate",
        method.toLowerCase(Locale.ROOT) + " " + path,
        "",
        Optional.empty(),
        Optional.of(code));
  }
}

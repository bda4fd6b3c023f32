package io.yitong.hub.access.token;

import io.quarkus.security.identity.SecurityIdentity;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.Optional;

/** What a verified token makes of its bearer; found out once, an attribute of the identity. */
public sealed interface Bearer {
  /** The client that sent the token, so far as the token says. */
  String client();

  /** Who is behind the client; as the token says. */
  String subject();

  /**
   * The caller of one request.
   *
   * @param purpose as asked for by the request
   * @throws HubException NOT_PERMITTED for one the hub does not know
   */
  Caller caller(Optional<Purpose> purpose, CorrelationId correlation);

  /** Somebody to the hub, with the purpose usual for its roles. */
  record Known(Caller usual) implements Bearer {
    @Override
    public String client() {
      return usual.client();
    }

    @Override
    public String subject() {
      return usual.subject();
    }

    @Override
    public Caller caller(Optional<Purpose> purpose, CorrelationId correlation) {
      return new Caller(
          usual.client(),
          usual.subject(),
          usual.institution(),
          usual.roles(),
          usual.scopes(),
          purpose.map(Purpose::name).orElse(usual.purpose()),
          correlation,
          usual.patient());
    }
  }

  /** The token is genuine and says nothing that this hub understands. */
  record Stranger(String client, String subject) implements Bearer {
    @Override
    public Caller caller(Optional<Purpose> purpose, CorrelationId correlation) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
  }

  /** Of a request with a token in its Authorization header. */
  static Optional<Bearer> ofToken(SecurityIdentity identity) {
    return Optional.ofNullable(identity.getAttribute(AuthenticateBearer.TOKEN));
  }

  /** Of a request with a token, or within a session of the console. */
  static Optional<Bearer> of(SecurityIdentity identity) {
    return ofToken(identity)
        .or(() -> Optional.ofNullable(identity.getAttribute(AuthenticateBearer.SESSION)));
  }
}

package io.yitong.hub.console;

import java.security.Principal;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What a user is called. */
final class PersonalName {
  private PersonalName() {}

  /**
   * A Chinese name has the family name first and no blank; issuers write it the other way round.
   *
   * @param user the ID token, in a session of the console
   */
  static String of(Principal user) {
    if (!(user instanceof JsonWebToken idToken)) {
      return user.getName();
    }
    return chinese(idToken)
        .or(
            () ->
                Stream.of("name", "preferred_username").flatMap(n -> claim(idToken, n)).findFirst())
        .orElseGet(user::getName);
  }

  private static Optional<String> chinese(JsonWebToken idToken) {
    return claim(idToken, "family_name")
        .flatMap(family -> claim(idToken, "given_name").map(given -> family + given))
        .filter(Naming::isChinese)
        .findFirst();
  }

  private static Stream<String> claim(JsonWebToken idToken, String name) {
    return idToken.<Object>claim(name).map(Object::toString).stream();
  }
}

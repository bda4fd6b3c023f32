package io.yitong.hub.access.audit;

import io.yitong.hub.access.audit.proof.AuditKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * A query as it was sent, except that a value which may name a person is replaced by {@code ~} and
 * a keyed pseudonym of it: who asked twice for the same name is still seen, the name is not. Kept
 * are the values of {@link KeptParameters}, as long as they look like codes, dates, numbers or
 * references; all others are masked, known or not.
 */
@ApplicationScoped
class MaskQuery {
  private static final Set<String> FREE_TEXT = Set.of("text", "contains", "identifier", "of-type");

  /** Of what may stand between codes; an escape of anything else may hide a name or a number. */
  private static final Set<String> ESCAPED =
      Set.of(
          "20", "22", "24", "2B", "2C", "2F", "3A", "3D", "7C", "2b", "2c", "2f", "3a", "3d", "7c");

  /** As long as a telephone number; dates with times are parted by other characters. */
  private static final int DIGITS_OF_A_NUMBER = 11;

  private final SecretKey key;

  MaskQuery(AuditKey key) {
    this.key = key.derived("audit query");
  }

  String mask(String query) {
    var masked = new StringBuilder(query.length() + 16);
    for (var from = 0; from <= query.length(); ) {
      var to = query.indexOf('&', from);
      to = to < 0 ? query.length() : to;
      if (from > 0) {
        masked.append('&');
      }
      mask(query, from, to, masked);
      from = to + 1;
    }
    return masked.toString();
  }

  private void mask(String query, int from, int to, StringBuilder masked) {
    var equals = query.indexOf('=', from);
    var end = equals < 0 || equals > to ? to : equals;
    var name = query.substring(from, end);
    masked.append(isPlain(name) ? name : pseudonym(name));
    if (end == to) {
      return;
    }
    var value = query.substring(end + 1, to);
    masked.append('=').append(isKept(name) && isPlain(value) ? value : pseudonym(value));
  }

  /** By the parameter a chain ends in: {@code subject:Patient.name} is a name. */
  private static boolean isKept(String name) {
    var colon = name.lastIndexOf(':');
    var dot = name.lastIndexOf('.');
    if (colon > dot && !name.startsWith("_has:")) {
      return !FREE_TEXT.contains(name.substring(colon + 1))
          && KeptParameters.contain(name.substring(dot + 1, colon));
    }
    return KeptParameters.contain(name.substring(Math.max(dot, colon) + 1));
  }

  /**
   * Of the characters of codes, URLs and references, and without a number long enough to be one.
   */
  private static boolean isPlain(String text) {
    var digits = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '%') {
        if (i + 3 > text.length() || !ESCAPED.contains(text.substring(i + 1, i + 3))) {
          return false;
        }
        i += 2;
        digits = 0;
        continue;
      }
      if (c >= '0' && c <= '9') {
        digits++;
        if (digits >= DIGITS_OF_A_NUMBER) {
          return false;
        }
      } else {
        digits = 0;
        if (!isOfACode(c)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isOfACode(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "-._:/|,$+#~*=;<>".indexOf(c) >= 0;
  }

  private String pseudonym(String value) {
    if (value.isEmpty()) {
      return "";
    }
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      var code = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
      return "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(code).substring(0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}

package io.yitong.hub.oversight.aggregate;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What is to be counted: of a type the resources of one code in one calendar year, or the Patients.
 * Years and codes are whole and single: their sums and differences would be questions of their own.
 *
 * @param year empty of Patients alone
 * @param code {@code system|code}; empty of Patients and Encounters alone
 */
record AggregateQuestion(
    ResourceType type, List<Dimension> by, Optional<Year> year, Optional<String> code) {
  private static final Set<String> PARAMETERS = Set.of("by", "year", "code");
  private static final Set<ResourceType> WITHOUT_CODE =
      Set.of(ResourceType.Patient, ResourceType.Encounter);
  private static final int MOST_DIMENSIONS = 3;
  private static final Pattern CODE = Pattern.compile("[!-+\\--{}~]{1,200}\\|[!-+\\--{}~]{1,64}");
  private static final Pattern YEAR = Pattern.compile("(19|20)[0-9]{2}");

  /** The hub's region has one time. */
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  static AggregateQuestion of(ResourceType type, Parameters parameters) {
    parameters.getParameter().stream()
        .map(each -> String.valueOf(each.getName()))
        .filter(name -> !PARAMETERS.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new HubException(ErrorCode.PARAMETER_UNKNOWN, name, "$aggregate", name);
            });
    var by = by(values(parameters, "by"));
    return type == ResourceType.Patient
        ? new AggregateQuestion(
            type, patientsBy(by), none(parameters, "year"), none(parameters, "code"))
        : new AggregateQuestion(type, by, Optional.of(year(parameters)), code(type, parameters));
  }

  private static List<String> values(Parameters parameters, String name) {
    return parameters.getParameter().stream()
        .filter(each -> name.equals(each.getName()) && each.hasValue())
        .map(each -> String.valueOf(each.getValue().primitiveValue()))
        .toList();
  }

  private static List<Dimension> by(List<String> values) {
    var names =
        values.stream().flatMap(value -> Arrays.stream(value.split(",", -1))).distinct().toList();
    var by =
        names.stream()
            .map(name -> Dimension.named(name).orElseThrow(() -> invalid("by", name)))
            .toList();
    if (by.isEmpty()) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "by", "by");
    }
    if (by.size() > MOST_DIMENSIONS) {
      throw invalid("by", by.size() + " > " + MOST_DIMENSIONS);
    }
    return by;
  }

  private static List<Dimension> patientsBy(List<Dimension> by) {
    if (by.contains(Dimension.MONTH)) {
      throw invalid("by", Dimension.MONTH.code());
    }
    return by;
  }

  private static <T> Optional<T> none(Parameters parameters, String name) {
    values(parameters, name).stream()
        .findFirst()
        .ifPresent(
            value -> {
              throw invalid(name, value);
            });
    return Optional.empty();
  }

  private static Year year(Parameters parameters) {
    var written = one(parameters, "year");
    if (!YEAR.matcher(written).matches()) {
      throw invalid("year", written);
    }
    return Year.parse(written);
  }

  private static Optional<String> code(ResourceType type, Parameters parameters) {
    if (WITHOUT_CODE.contains(type)) {
      return none(parameters, "code");
    }
    var written = one(parameters, "code");
    if (!CODE.matcher(written).matches()) {
      throw invalid("code", "system|code");
    }
    return Optional.of(written);
  }

  private static String one(Parameters parameters, String name) {
    var values = values(parameters, name);
    if (values.isEmpty()) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, name, name);
    }
    if (values.size() > 1) {
      throw invalid(name, values.get(1));
    }
    return values.get(0);
  }

  private static HubException invalid(String name, String value) {
    return new HubException(ErrorCode.PARAMETER_INVALID, name, name, value);
  }

  /** As a search has them. */
  String criteria() {
    return code.map(each -> "code=" + URLEncoder.encode(each, StandardCharsets.UTF_8)).orElse("");
  }

  Optional<Instant> from() {
    return year.map(each -> each.atDay(1).atStartOfDay().toInstant(ZONE));
  }

  Optional<Instant> before() {
    return year.map(each -> each.plusYears(1).atDay(1).atStartOfDay().toInstant(ZONE));
  }

  static ZoneOffset zone() {
    return ZONE;
  }

  String dimensions() {
    return by.stream().map(Dimension::code).collect(Collectors.joining(","));
  }
}

package io.yitong.hub.feed;

import io.yitong.hub.feed.Sender.UnknownPatient;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.mapping.Dialect;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * camel-routes/institutions/NAME.yaml: one institution and its feeds.
 *
 * @param hub the hub it belongs to; others pass it over
 */
record InstitutionFile(
    InstitutionId institution, String hub, String nameZh, String nameEn, List<Sender> senders) {
  private static final Set<String> KEYS =
      Set.of("institution", "hub", "name", "principal", "zone", "feeds");
  private static final Set<String> FEED_KEYS =
      Set.of(
          "name",
          "template",
          "port",
          "folder",
          "charset",
          "acknowledgement",
          "unknownPatient",
          "codes",
          "silentAfter",
          "maxInFlight");
  private static final Set<String> CHARSETS = Set.of("UTF-8", "GB18030", "GBK");
  private static final Pattern FEED_NAME = Pattern.compile("[a-z0-9-]{1,32}");

  /** What a file's settings are understood by. */
  record Surroundings(Path inbox, int portOffset) {}

  static InstitutionFile read(Path path, Surroundings surroundings) throws FileRefused {
    var yaml = StrictYaml.read(path).only(KEYS);
    var institution = institution(yaml);
    var name = yaml.mapping("name").only(Set.of("zh", "en"));
    var principal = yaml.text("principal");
    var dialect =
        new Dialect(
            institution,
            name.text("zh"),
            name.text("en"),
            zone(yaml),
            institution.numberSystem("patient"),
            institution.numberSystem("lab-code"));
    var senders = new ArrayList<Sender>();
    var names = new HashSet<String>();
    for (var feed : yaml.mappings("feeds")) {
      feed.only(FEED_KEYS);
      codes(path, feed);
      var sender = sender(feed, dialect, principal, surroundings);
      if (!names.add(sender.id().feed())) {
        throw feed.refuse("name", "重名 / another feed has this name");
      }
      senders.add(sender);
    }
    return new InstitutionFile(
        institution, yaml.text("hub"), name.text("zh"), name.text("en"), List.copyOf(senders));
  }

  private static Sender sender(
      StrictYaml feed, Dialect dialect, String principal, Surroundings surroundings)
      throws FileRefused {
    var template = feed.text("template");
    var name = feed.text("name");
    if (!FEED_NAME.matcher(name).matches()) {
      throw feed.refuse("name", "应为小写字母、数字和 - / lower-case letters, digits and -");
    }
    acknowledgement(feed);
    return new Sender(
        new SenderId(dialect.institution(), name),
        dialect,
        principal,
        template,
        port(feed, template, surroundings),
        folder(feed, template, dialect, surroundings),
        charset(feed),
        unknownPatient(feed),
        silentAfter(feed),
        maxInFlight(feed));
  }

  private static InstitutionId institution(StrictYaml yaml) throws FileRefused {
    try {
      return new InstitutionId(yaml.text("institution"));
    } catch (IllegalArgumentException e) {
      throw yaml.refuse("institution", e.getMessage());
    }
  }

  private static ZoneId zone(StrictYaml yaml) throws FileRefused {
    try {
      return ZoneId.of(yaml.optionalText("zone").orElse("Asia/Shanghai"));
    } catch (DateTimeException e) {
      throw yaml.refuse("zone", "没有这个时区 / no such time zone");
    }
  }

  private static void codes(Path path, StrictYaml feed) throws FileRefused {
    var codes = feed.optionalText("codes");
    if (codes.isPresent() && !Files.isRegularFile(path.resolveSibling(codes.get()))) {
      throw feed.refuse("codes", "没有文件 " + codes.get() + " / there is no such file");
    }
  }

  private static void acknowledgement(StrictYaml feed) throws FileRefused {
    var mode = feed.optionalText("acknowledgement").orElse("original");
    if (!mode.equals("original")) {
      throw feed.refuse("acknowledgement", "只支持 original / only original is supported");
    }
  }

  private static OptionalInt port(StrictYaml feed, String template, Surroundings surroundings)
      throws FileRefused {
    if (!template.equals("mllp")) {
      if (feed.optionalText("port").isPresent()) {
        throw feed.refuse("port", template + " 不用端口 / takes no port");
      }
      return OptionalInt.empty();
    }
    var port = number(feed, "port", feed.text("port"), 65535) + surroundings.portOffset();
    if (port > 65535) {
      throw feed.refuse("port", "加上偏移后超过 65535 / over 65535 with the offset");
    }
    return OptionalInt.of(port);
  }

  private static Optional<Path> folder(
      StrictYaml feed, String template, Dialect dialect, Surroundings surroundings)
      throws FileRefused {
    var folder = feed.optionalText("folder");
    if (!template.equals("csv-folder")) {
      if (folder.isPresent()) {
        throw feed.refuse("folder", template + " 不用文件夹 / takes no folder");
      }
      return Optional.empty();
    }
    var usual = "${yitong.inbox}/" + dialect.institution().name();
    return Optional.of(
        Path.of(folder.orElse(usual).replace("${yitong.inbox}", surroundings.inbox().toString()))
            .toAbsolutePath()
            .normalize());
  }

  private static Charset charset(StrictYaml feed) throws FileRefused {
    var charset = feed.optionalText("charset").orElse("UTF-8");
    if (!CHARSETS.contains(charset)) {
      throw feed.refuse("charset", "应为 UTF-8、GB18030 或 GBK / UTF-8, GB18030 or GBK");
    }
    return Charset.forName(charset);
  }

  private static UnknownPatient unknownPatient(StrictYaml feed) throws FileRefused {
    return switch (feed.optionalText("unknownPatient").orElse("register")) {
      case "register" -> UnknownPatient.REGISTER;
      case "quarantine" -> UnknownPatient.QUARANTINE;
      default ->
          throw feed.refuse("unknownPatient", "应为 register 或 quarantine / register or quarantine");
    };
  }

  private static Duration silentAfter(StrictYaml feed) throws FileRefused {
    try {
      var silentAfter = Duration.parse(feed.optionalText("silentAfter").orElse("PT24H"));
      if (silentAfter.isNegative() || silentAfter.isZero()) {
        throw feed.refuse("silentAfter", "应大于零 / must be more than nothing");
      }
      return silentAfter;
    } catch (DateTimeException e) {
      throw feed.refuse("silentAfter", "应为 ISO 8601 时长，如 PT30M / an ISO 8601 duration");
    }
  }

  private static int maxInFlight(StrictYaml feed) throws FileRefused {
    return number(feed, "maxInFlight", feed.optionalText("maxInFlight").orElse("8"), 64);
  }

  private static int number(StrictYaml feed, String key, String written, int most)
      throws FileRefused {
    if (!written.matches("[0-9]{1,5}")) {
      throw feed.refuse(key, "应为数字 / must be a number");
    }
    var number = Integer.parseInt(written);
    if (number < 1 || number > most) {
      throw feed.refuse(key, String.format(Locale.ROOT, "应在 1 与 %1$d 之间 / 1 to %1$d", most));
    }
    return number;
  }
}

package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.mapping.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.HumanName;

/** XPN, XAD and XTN: names, addresses, telephone numbers. */
final class PersonTypes {
  private static final Table USES = Table.load("/mapping/hl7v2/name-uses.csv");
  private static final String REPRESENTATION =
      "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

  private PersonTypes() {}

  /** XPN; also the part of XCN that begins with the family name. */
  static HumanName name(Hl7Value value, int first) {
    var name = new HumanName();
    var family = value.subcomponent(first, 1);
    var familyWhole = value.component(first);
    if (!familyWhole.isEmpty()) {
      name.setFamily(family.isEmpty() ? familyWhole : family);
    }
    add(name::addGiven, value.component(first + 1));
    add(name::addGiven, value.component(first + 2));
    add(name::addSuffix, value.component(first + 3));
    add(name::addPrefix, value.component(first + 4));
    add(name::addSuffix, value.component(first + 5));
    return name.isEmpty() ? name : name.setText(text(value, first));
  }

  /** XPN.7 and XPN.8: what the name is for and how it is written. */
  static HumanName patientName(Hl7Value value) {
    var name = name(value, 1);
    USES.of(value.component(7).toUpperCase(Locale.ROOT))
        .ifPresent(use -> name.setUse(HumanName.NameUse.fromCode(use)));
    representation(value.component(8))
        .ifPresent(code -> name.addExtension(REPRESENTATION, new CodeType(code)));
    return name;
  }

  private static Optional<String> representation(String code) {
    return switch (code) {
      case "I" -> Optional.of("IDE");
      case "P" -> Optional.of("SYL");
      case "A" -> Optional.of("ABC");
      default -> Optional.empty();
    };
  }

  /** Han names are written family name first, without a blank, and titles apart. */
  private static String text(Hl7Value value, int first) {
    var family = value.component(first);
    var given = value.component(first + 1);
    if (han(family) && (given.isEmpty() || han(given))) {
      var rest = words(value, first + 2, first + 3);
      return rest.isEmpty() ? family + given : family + given + " " + rest;
    }
    return words(value, first + 4, first + 1, first + 2, first, first + 3, first + 5);
  }

  private static boolean han(String text) {
    return !text.isEmpty()
        && text.codePoints()
            .allMatch(
                c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN || c == '·');
  }

  private static String words(Hl7Value value, int... components) {
    var words = new ArrayList<String>();
    for (var component : components) {
      add(words::add, value.component(component).replace('&', ' ').strip());
    }
    return String.join(" ", words);
  }

  private static void add(Consumer<String> into, String text) {
    if (!text.isEmpty()) {
      into.accept(text);
    }
  }

  static Address address(Hl7Value value) {
    var address = new Address();
    add(address::addLine, value.component(1).replace('&', ' ').strip());
    add(address::addLine, value.component(2));
    add(address::addLine, value.component(8));
    add(address::setCity, value.component(3));
    add(address::setState, value.component(4));
    add(address::setPostalCode, value.component(5));
    add(address::setCountry, value.component(6));
    add(address::setDistrict, value.component(9));
    addressUse(value.component(7)).ifPresent(address::setUse);
    return address;
  }

  private static Optional<AddressUse> addressUse(String type) {
    return switch (type) {
      case "H", "P", "L" -> Optional.of(AddressUse.HOME);
      case "B", "O" -> Optional.of(AddressUse.WORK);
      case "C" -> Optional.of(AddressUse.TEMP);
      case "BA" -> Optional.of(AddressUse.OLD);
      case "BI" -> Optional.of(AddressUse.BILLING);
      default -> Optional.empty();
    };
  }

  /**
   * Telephone number and e-mail of one XTN.
   *
   * @param usual when XTN.2 says nothing: PID-13 is home, PID-14 work
   */
  static List<ContactPoint> telecom(Hl7Value value, ContactPointUse usual) {
    var points = new ArrayList<ContactPoint>(1);
    var use = telecomUse(value.component(2)).orElse(usual);
    var number = number(value);
    if (!number.isEmpty()) {
      points.add(
          new ContactPoint()
              .setSystem(telecomSystem(value.component(3), number))
              .setValue(number)
              .setUse(value.component(3).equals("CP") ? ContactPointUse.MOBILE : use));
    }
    var mail = value.component(4);
    if (!mail.isEmpty() && !mail.equals(number)) {
      points.add(new ContactPoint().setSystem(ContactPointSystem.EMAIL).setValue(mail).setUse(use));
    }
    return points;
  }

  private static String number(Hl7Value value) {
    var written = value.component(1);
    if (!written.isEmpty()) {
      return written;
    }
    var parts = new ArrayList<String>();
    var country = value.component(5);
    add(parts::add, country.isEmpty() || country.startsWith("+") ? country : "+" + country);
    add(parts::add, value.component(6));
    add(parts::add, value.component(7));
    add(parts::add, value.component(8));
    return parts.isEmpty() ? value.component(12) : String.join(" ", parts);
  }

  private static ContactPointSystem telecomSystem(String equipment, String number) {
    return switch (equipment) {
      case "FX" -> ContactPointSystem.FAX;
      case "BP" -> ContactPointSystem.PAGER;
      case "Internet", "X.400" ->
          number.indexOf('@') > 0 ? ContactPointSystem.EMAIL : ContactPointSystem.URL;
      default -> ContactPointSystem.PHONE;
    };
  }

  private static Optional<ContactPointUse> telecomUse(String code) {
    return switch (code) {
      case "PRN", "ORN", "VHN" -> Optional.of(ContactPointUse.HOME);
      case "WPN" -> Optional.of(ContactPointUse.WORK);
      case "PRS" -> Optional.of(ContactPointUse.MOBILE);
      default -> Optional.empty();
    };
  }
}

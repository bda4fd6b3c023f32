package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever a record is about, none of what names them is in what leaves. */
class NothingOfAPersonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Strings that name a person, each long enough not to occur by chance. */
  record Named(String name, String number, String phone, String street, String id) {
    List<String> all() {
      return List.of(name, number, phone, street, id);
    }
  }

  @Provide
  Arbitrary<Named> persons() {
    var names = Arbitraries.strings().withCharRange('一', '龥').ofMinLength(2).ofMaxLength(4);
    var digits = Arbitraries.strings().numeric();
    return Combinators.combine(
            names,
            digits.ofLength(17),
            digits.ofLength(9),
            names,
            Arbitraries.strings().withCharRange('a', 'z').ofLength(12))
        .as(
            (name, number, phone, street, id) ->
                new Named(name, number + "X", "13" + phone, street + "路12号", id));
  }

  @Property(tries = 200)
  void a_patient(@ForAll @From("persons") Named who) throws IOException {
    var patient =
        """
        {"resourceType":"Patient","id":"ID","meta":{"source":"NAME","tag":[{"system":"http://loinc.org","code":"NUMBER","display":"NAME"}]},
         "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">NAME NUMBER</div>"},
         "contained":[{"resourceType":"Organization","id":"ID","name":"NAME"},{"resourceType":"Specimen","id":"ID","note":[{"text":"NAME"}]}],
         "extension":[{"url":"urn:x","valueString":"NAME"},{"url":"http://NAME","valueAddress":{"text":"STREET"}}],
         "identifier":[{"value":"NUMBER"},{"system":"urn:NUMBER","value":"ID"}],
         "name":[{"text":"NAME","family":"NAME","given":["NAME"]}],"telecom":[{"value":"PHONE"}],
         "gender":"male","_gender":{"extension":[{"url":"urn:x","valueString":"NAME"}]},"birthDate":"1980-05-06","_birthDate":{"id":"ID"},
         "address":[{"text":"STREET","line":["STREET"],"city":"STREET","district":"STREET","postalCode":"NUMBER"}],
         "maritalStatus":{"text":"NAME"},"photo":[{"url":"http://x/NAME","title":"NAME","data":"TkFNRQ=="}],
         "contact":[{"name":{"text":"NAME"},"telecom":[{"value":"PHONE"}]}],
         "generalPractitioner":[{"reference":"Practitioner/ID","display":"NAME"}],
         "managingOrganization":{"display":"NAME","identifier":{"value":"NUMBER"}},"link":[{"other":{"reference":"Patient/ID"},"type":"seealso"}]}
        """;
    nothingIsLeft(patient, who, "\"gender\":\"male\"");
  }

  @Property(tries = 200)
  void an_observation(@ForAll @From("persons") Named who) throws IOException {
    var observation =
        """
        {"resourceType":"Observation","id":"ID","status":"final","identifier":[{"value":"NUMBER"}],
         "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">NAME</div>"},
         "contained":[{"resourceType":"Patient","id":"p","name":[{"text":"NAME"}],"birthDate":"1980-05-06"},
           {"resourceType":"Specimen","id":"ID","type":{"coding":[{"system":"http://loinc.org","code":"5-5","display":"NAME"}],"text":"NAME"},"accessionIdentifier":{"value":"NUMBER"},"note":[{"text":"NAME"}]}],
         "category":[{"coding":[{"system":"urn:NAME","code":"NUMBER"},{"system":"http://loinc.org","code":"NAME"},{"system":"http://loinc.org","code":"PHONE"}],"text":"STREET"}],
         "code":{"coding":[{"system":"http://loinc.org","code":"1742-6","display":"NAME","userSelected":true}],"text":"NAME PHONE"},
         "subject":{"reference":"Patient/ID","display":"NAME","identifier":{"value":"NUMBER"}},"encounter":{"reference":"Encounter/ID"},
         "specimen":{"reference":"#ID","display":"NAME"},"performer":[{"reference":"Practitioner/ID","display":"NAME"}],
         "basedOn":[{"reference":"https://elsewhere.example.org/fhir/ServiceRequest/ID"},{"reference":"urn:uuid:ID"},{"reference":"ServiceRequest?identifier=NUMBER"}],
         "effectiveDateTime":"2026-03-02","valueQuantity":{"value":1.50,"unit":"NAME","system":"http://unitsofmeasure.org","code":"U/L"},
         "note":[{"text":"NAME","authorString":"NAME"}],"interpretation":[{"text":"NAME"}],
         "referenceRange":[{"text":"NAME","low":{"value":1,"unit":"NAME"}}],
         "component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8251-1"}]},"valueString":"NAME NUMBER PHONE"}]}
        """;
    nothingIsLeft(observation, who, "\"value\":1.50");
  }

  @Property(tries = 100)
  void the_intervals_of_one_person_stay(@ForAll @From("persons") Named who) throws IOException {
    var first = shifted("2026-01-31", who.id());
    var second = shifted("2026-03-01", who.id());

    assertThat(ChronoUnit.DAYS.between(first, second)).isEqualTo(29);
    assertThat(first).isNotEqualTo(LocalDate.of(2026, 1, 31));
  }

  private static LocalDate shifted(String date, String person) throws IOException {
    var json =
        """
        {"resourceType":"Specimen","id":"s","subject":{"reference":"Patient/p"},"receivedTime":"%sT08:00:00Z"}
        """
            .formatted(date);
    var given = JSON.readTree(Given.given("research", "university", json, person));
    return LocalDate.parse(given.required("receivedTime").asText().substring(0, 10));
  }

  private static void nothingIsLeft(String template, Named who, String stays) throws IOException {
    var json =
        template
            .replace("NAME", who.name())
            .replace("NUMBER", who.number())
            .replace("PHONE", who.phone())
            .replace("STREET", who.street())
            .replace("ID", who.id());
    for (var profile : DeidentificationProfile.NAMES) {
      var given = Given.given(profile, "recipient", json, "Patient/" + who.id());
      assertThat(given).contains(stays).doesNotContain(who.all());
      assertThat(JSON.readTree(given).has("text")).isFalse();
    }
  }

  @Property(tries = 100)
  void two_recipients_have_nothing_to_join_by(@ForAll @From("persons") Named who)
      throws IOException {
    var json =
        """
        {"resourceType":"Encounter","id":"%1$s","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
         "subject":{"reference":"Patient/%1$s"}}
        """
            .formatted(who.id());
    var one = JSON.readTree(Given.given("research", "university-a", json, who.id()));
    var other = JSON.readTree(Given.given("research", "university-b", json, who.id()));

    assertThat(one.at("/id").asText()).isNotEqualTo(other.at("/id").asText());
    assertThat(one.at("/subject/reference").asText())
        .startsWith("Patient/")
        .isNotEqualTo(other.at("/subject/reference").asText());
    assertThat(one).isEqualTo(JSON.readTree(Given.given("research", "university-a", json, "q")));
  }
}

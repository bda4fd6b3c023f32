package io.yitong.hub;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "io.yitong.hub.";

  /** A package imports only those before it. */
  private static final List<String> ORDER =
      List.of(
          "fhir",
          "access",
          "terminology",
          "record",
          "identity",
          "api",
          "document",
          "mapping",
          "feed",
          "notify",
          "exchange",
          "recognition",
          "collaboration",
          "oversight",
          "console",
          "launch");

  private static final JavaClasses HUB =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.yitong.hub");

  private static final JavaClasses LAUNCH =
      new ClassFileImporter()
          .withImportOption((Location location) -> location.contains("/launch/"))
          .importPackages("io.yitong.hub.launch");

  @Test
  void a_package_imports_only_packages_before_it() {
    classes().should(importOnlyEarlierPackages()).check(HUB);
    classes().should(importOnlyEarlierPackages()).allowEmptyShould(true).check(LAUNCH);
  }

  @Test
  void there_are_no_circles_between_packages() {
    slices().matching("io.yitong.hub.(**)").should().beFreeOfCycles().check(HUB);
  }

  @Test
  void every_class_lives_in_a_package_of_the_house() {
    classes().should(liveInTheHouse()).check(HUB);
  }

  @Test
  void only_mapping_and_feed_know_hl7_v2() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.yitong.hub.mapping..", "io.yitong.hub.feed..")
        .should()
        .dependOnClassesThat(resideInAPackage("ca.uhn.hl7v2.."))
        .check(HUB);
  }

  @Test
  void the_hub_does_not_know_its_launcher_or_embedded_servers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.yitong.hub.launch..", "io.zonky..", "org.keycloak..")
        .check(HUB);
  }

  @Test
  void fields_are_not_injected() {
    noClasses()
        .should(
            new ArchCondition<JavaClass>("have injected fields") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                item.getFields().stream()
                    .filter(field -> field.isAnnotatedWith("jakarta.inject.Inject"))
                    .forEach(
                        field ->
                            events.add(SimpleConditionEvent.satisfied(field, field.getFullName())));
              }
            })
        .check(HUB);
  }

  private static ArchCondition<JavaClass> importOnlyEarlierPackages() {
    return new ArchCondition<>("import only packages before their own") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        var own = ORDER.indexOf(capability(item));
        item.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(dependency -> ORDER.indexOf(capability(dependency.getTargetClass())) > own)
            .forEach(
                dependency ->
                    events.add(
                        SimpleConditionEvent.violated(dependency, dependency.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> liveInTheHouse() {
    return new ArchCondition<>("live in one of the house's packages") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        if (!ORDER.contains(capability(item))) {
          events.add(SimpleConditionEvent.violated(item, item.getName()));
        }
      }
    };
  }

  private static String capability(JavaClass item) {
    var name = item.getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    var below = name.substring(ROOT.length());
    var dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}

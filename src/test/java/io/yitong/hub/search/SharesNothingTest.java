package io.yitong.hub.search;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

/** What is compared with the hub's search has no class of the hub in it. */
class SharesNothingTest {
  @Test
  void the_reference_and_its_generators_know_no_class_of_the_hub() {
    var reference =
        new ClassFileImporter()
            .withImportOption((Location location) -> !location.contains("Test.class"))
            .importPackages("io.yitong.hub.search");

    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.yitong.hub..")
                .and(resideOutsideOfPackage("io.yitong.hub.search..")))
        .check(reference);
  }
}

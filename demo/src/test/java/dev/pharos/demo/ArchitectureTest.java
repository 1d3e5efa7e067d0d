package dev.pharos.demo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What the demo may know of Pharos, and its services of anything; that nobody knows the demo is held in `app`.
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pharos.demo");

  @Test
  void knowsOfPharosItsEntryPointAndItsAddressesOnly() {
    classes()
        .that()
        .resideInAPackage("dev.pharos.demo..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.pharos.."))
                .or(
                    resideInAnyPackage(
                        "dev.pharos.demo..", "dev.pharos.app", "dev.pharos.transport")))
        .check(ALL);
  }

  @Test
  void servicesNeedNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage("dev.pharos.demo.service..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.pharos.demo.service..", "java..", "com.sun.net.httpserver..", "org.jspecify..")
        .check(ALL);
  }
}

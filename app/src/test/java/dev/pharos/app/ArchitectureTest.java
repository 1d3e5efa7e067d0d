package dev.pharos.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the table of modules in ARCHITECTURE.md.
class ArchitectureTest {
  private static final String ROOT = "dev.pharos.";

  /// What each module may import, besides what those may.
  private static final Map<String, List<String>> MODULES = new LinkedHashMap<>();

  static {
    MODULES.put("observe", List.of());
    MODULES.put("model", List.of("observe"));
    MODULES.put("log", List.of("observe"));
    MODULES.put("wire", List.of("model"));
    MODULES.put("transport", List.of("observe"));
    MODULES.put("pipeline", List.of("model", "log", "observe"));
    MODULES.put("components", List.of("pipeline", "wire", "transport"));
    MODULES.put("store", List.of("model", "log", "observe"));
    MODULES.put("query", List.of("model", "store.read"));
    MODULES.put("insight", List.of("query", "model", "store.read"));
    MODULES.put("ui", List.of("transport"));
    MODULES.put("api", List.of("query", "insight", "store.read", "wire", "transport"));
  }

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pharos");
  }

  static Stream<String> modules() {
    return MODULES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void importsOnlyWhatItsRowNames(String module) {
    var allowed = new TreeSet<String>();
    allow(module, allowed);
    String[] packages = allowed.stream().map(name -> ROOT + name + "..").toArray(String[]::new);

    classes()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("dev.pharos..")).or(resideInAnyPackage(packages)))
        .check(all);
  }

  private static void allow(String module, Set<String> allowed) {
    if (allowed.add(module)) {
      MODULES.getOrDefault(module, List.of()).forEach(other -> allow(other, allowed));
    }
  }

  @Test
  void knowsEveryModule() {
    Set<String> found =
        all.stream().map(ArchitectureTest::module).collect(Collectors.toCollection(TreeSet::new));

    assertThat(found).containsAll(MODULES.keySet());
    found.removeAll(MODULES.keySet());
    assertThat(found).as("modules whose imports nothing holds").containsExactly("app");
  }

  private static String module(JavaClass one) {
    return one.getPackageName().substring(ROOT.length()).split("\\.")[0];
  }

  @Test
  void onlyTransportNamesTheServerLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pharos.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(all);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pharos.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.pharos.transport.netty..")
        .check(all);
  }

  @Test
  void onlyWireAndApiNameTheJsonLibrary() {
    noClasses()
        .that(not(resideInAnyPackage("dev.pharos.wire..", "dev.pharos.api..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("tools.jackson..", "com.fasterxml..")
        .check(all);
  }

  @Test
  void apiNeverSeesAppend() {
    noClasses()
        .that()
        .resideInAPackage("dev.pharos.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.pharos.store.append..")
        .check(all);
  }

  @Test
  void nobodyKnowsTheDemo() {
    noClasses().should().dependOnClassesThat().resideInAPackage("dev.pharos.demo..").check(all);
  }

  @Test
  void namesPackagesByConcept() {
    Set<String> kinds =
        Set.of("util", "utils", "common", "impl", "helper", "helpers", "manager", "base");

    assertThat(all.stream().map(JavaClass::getPackageName).distinct())
        .noneMatch(name -> Arrays.stream(name.split("\\.")).anyMatch(kinds::contains));
  }
}

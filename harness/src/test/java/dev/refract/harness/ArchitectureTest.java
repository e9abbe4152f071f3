package dev.refract.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses house =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.refract");

  @Test
  void reportsKnowNothingOfWhatMakesRuns() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.reports..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.refract.harness..", "dev.refract.manifest..", "ai.djl..", "de.kherud..")
        .check(house);
  }

  @Test
  void manifestsKnowNothingOfTheRest() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.manifest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.refract.harness..", "dev.refract.reports..")
        .check(house);
  }

  @Test
  void nobodyCallsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.refract.harness.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.refract.harness.cli..")
        .check(house);
  }

  @Test
  void statisticsDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.reports.stats..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "tools.jackson..")
        .check(house);
  }

  @Test
  void answererAndPromptCannotHoldAnImage() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.harness.answer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.awt..", "dev.refract.harness.image..", "dev.refract.harness.caption..")
        .check(house);
    noClasses()
        .that()
        .resideInAPackage("dev.refract.harness.answer..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.refract.harness.llm.ChatRequest$Picture")
        .andShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.refract.harness.dataset.Sample")
        .check(house);
  }

  @Test
  void captionersNeverSeeAQuestion() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.harness.caption..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.refract.harness.dataset.Question")
        .check(house);
  }

  @Test
  void packagesOfTheHarnessHaveNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("dev.refract.harness.(*)..")
        .should()
        .beFreeOfCycles()
        .check(house);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .check(house);
  }
}

package dev.refract.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.llm.ChatRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
        .resideInAnyPackage("dev.refract.harness..", "dev.refract.manifest..", "ai.djl..")
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
  void noAnswererButTheOneOfTheControlDirectCanHoldAnImage() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.harness.answer..")
        .and()
        .doNotHaveSimpleName("ImageAnswerer")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.awt..", "dev.refract.harness.image..", "dev.refract.harness.caption..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ChatRequest.EncodedImage.class.getName())
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(Sample.class.getName())
        .check(house);
  }

  @Test
  void captionersNeverSeeAQuestion() {
    noClasses()
        .that()
        .resideInAPackage("dev.refract.harness.caption..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(Question.class.getName())
        .check(house);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    for (String module : List.of("harness", "reports", "manifest")) {
      SlicesRuleDefinition.slices()
          .matching("dev.refract.%s.(**)".formatted(module))
          .should()
          .beFreeOfCycles()
          .check(house);
    }
  }

  @Test
  void classesOfARunDoNotDependOnEachOtherInACircle() {
    SlicesRuleDefinition.slices()
        .assignedFrom(topLevelClassesOf("dev.refract.harness.run"))
        .should()
        .beFreeOfCycles()
        .check(house);
  }

  private static SliceAssignment topLevelClassesOf(String name) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return type.getPackageName().equals(name)
            ? SliceIdentifier.of(type.getFullName().replaceFirst("\\$.*", ""))
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "classes of " + name;
      }
    };
  }

  @Test
  void noPackageHasMoreThanTwentyFiveFiles() {
    Map<String, Long> files =
        house.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    files.values().removeIf(count -> count <= 25);
    assertThat(files).isEmpty();
  }

  @Test
  void anIdentityIsATypeAndNoMap() {
    noMethods()
        .that()
        .haveNameMatching("identity|.*Identity|captioner|answerer|judge")
        .should()
        .haveRawReturnType(Map.class)
        .check(house);
    noFields()
        .that()
        .haveNameMatching("identity|.*Identity|captioner|answerer|judge")
        .should()
        .haveRawType(Map.class)
        .check(house);
  }

  @Test
  void noRecordHasMoreThanTwelveComponents() {
    List<String> large =
        house.stream()
            .filter(JavaClass::isRecord)
            .filter(type -> components(type) > 12)
            .map(type -> type.getName() + ": " + components(type))
            .toList();
    assertThat(large).isEmpty();
  }

  private static long components(JavaClass record) {
    return record.getFields().stream()
        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
        .count();
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

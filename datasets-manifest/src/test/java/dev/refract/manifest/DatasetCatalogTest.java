package dev.refract.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetCatalogTest {

  private static final List<String> CORE =
      List.of(
          "chartqa",
          "chartqapro",
          "charxiv-reasoning",
          "charxiv-descriptive",
          "docvqa",
          "infovqa",
          "ocrbench",
          "textvqa");

  @TempDir private Path folder;

  @Test
  void theCatalogContainsTheCoreAndCapRlSuites() {
    DatasetCatalog catalog = DatasetCatalog.load(null);
    assertThat(catalog.all()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(catalog.suite("core").datasets()).isEqualTo(CORE);
    assertThat(catalog.suite("caprl").datasets())
        .hasSize(12)
        .allMatch(id -> id.startsWith("caprl-"));
    assertThat(catalog.get("chartqa").manifest().expect())
        .isEqualTo(
            new DatasetManifest.Expected(2500, java.util.Map.of("human", 1250, "augmented", 1250)));
  }

  @Test
  void everyBundledManifestFileIsInTheCatalog() throws Exception {
    try (Stream<Path> files = Files.list(resources("/datasets"))) {
      List<String> ids =
          files.map(f -> f.getFileName().toString().replace(".yaml", "")).sorted().toList();
      assertThat(DatasetCatalog.load(null).all().stream().map(e -> e.manifest().id()).sorted())
          .containsExactlyElementsOf(ids);
    }
  }

  @Test
  void everyManifestPassesItsSchema() throws Exception {
    assertPass(schema("dataset"), resources("/datasets"));
    assertPass(schema("suite"), resources("/suites"));
  }

  private static void assertPass(Schema schema, Path manifests) throws IOException {
    try (Stream<Path> files = Files.list(manifests)) {
      for (Path file : files.toList()) {
        List<Error> errors = schema.validate(Files.readString(file), InputFormat.YAML);
        assertThat(errors).as(file.toString()).isEmpty();
      }
    }
  }

  /// The schema and refract reject the same manifests.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: relaxed_accuracy | metric: relaxed | 8 | did you mean 'relaxed_accuracy'?",
        "category: chart | category: charts | 3 | did you mean 'chart'?",
        "images: thumbnail | images: thumb | 7 | did you mean 'thumbnail'?",
        "format: parquet | format: parket | 19 | did you mean 'parquet'?",
        "licence: GPL-3.0 | license: GPL-3.0 | 6 | did you mean 'licence'?",
        "group: type | grup: type | 24 | did you mean 'group'?",
        "questions: 2500 | questions: many | 15 | many",
        "questions: 2500 | questions: 0 | 15 | at least 1",
        "title: ChartQA, test | | 32 | 'title' is missing",
        "id: chartqa | id: Chart QA | 1 | expected lower-case letters",
        "md5: c902e0aa9be5582a7aad6dcf52734b42 | md5: c902 | 26 | expected 32",
        "lmms-lab-encoder/ChartQA | ChartQA | 18 | owner/name",
        "answer_form: list | answer_form: lists | 29 | did you mean 'list'?"
      })
  void errorsNameFileLineFieldAndTheNearestValue(
      String right, String wrong, int line, String message) throws IOException {
    DatasetCatalog catalog = DatasetCatalog.load(null);
    String text = catalog.text(catalog.get("chartqa"));
    assertThat(text).contains(right);
    String broken = text.replace(right, wrong == null ? "" : wrong);
    Path file = Files.writeString(folder.resolve("chartqa.yaml"), broken);
    assertThatThrownBy(() -> DatasetCatalog.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(message)
        .satisfies(e -> {
          String number = String.valueOf(e.getMessage()).substring(file.toString().length() + 1);
          assertThat(Integer.parseInt(number.substring(0, number.indexOf(':')))).isEqualTo(line);
        });
    assertThat(schema("dataset").validate(broken, InputFormat.YAML)).isNotEmpty();
  }

  @Test
  void anUnknownValueIsReportedWithItsOwnLine() throws IOException {
    DatasetCatalog catalog = DatasetCatalog.load(null);
    String text =
        catalog.text(catalog.get("chartqa")).replace("metric: relaxed_accuracy", "metric: relaxed");
    Path file = Files.writeString(folder.resolve("chartqa.yaml"), text);
    assertThatThrownBy(() -> DatasetCatalog.read(file))
        .hasMessageStartingWith(
            file + ":8: metric: 'relaxed' is unknown; did you mean 'relaxed_accuracy'?");
  }

  @Test
  void aUsersFolderAddsAndReplaces() throws IOException {
    DatasetCatalog bundled = DatasetCatalog.load(null);
    String text = bundled.text(bundled.get("chartqa"));
    Files.writeString(
        folder.resolve("chartqa.yaml"), text.replace("title: ChartQA, test", "title: Mine"));
    Files.writeString(folder.resolve("more.yaml"), text.replace("id: chartqa", "id: more"));
    Files.createDirectories(folder.resolve("suites"));
    Files.writeString(
        folder.resolve("suites/both.yaml"), "id: both\ntitle: Both\ndatasets: [chartqa, more]\n");
    DatasetCatalog catalog = DatasetCatalog.load(folder);
    assertThat(catalog.get("chartqa").manifest().title()).isEqualTo("Mine");
    assertThat(catalog.get("more").folder()).isEqualTo(folder);
    assertThat(catalog.suite("both").datasets()).containsExactly("chartqa", "more");
    assertThat(catalog.all()).hasSize(bundled.all().size() + 1);
  }

  @Test
  void aFileNotNamedAfterItsIdAndASuiteOfUnknownDatasetsAreRejected() throws IOException {
    DatasetCatalog bundled = DatasetCatalog.load(null);
    String text = bundled.text(bundled.get("chartqa"));
    Files.writeString(folder.resolve("other.yaml"), text);
    Files.createDirectories(folder.resolve("suites"));
    Files.writeString(folder.resolve("suites/s.yaml"), "id: s\ntitle: S\ndatasets: [chartqua]\n");
    Files.writeString(folder.resolve("suites/m.yaml"), "id: m\ntitle: M\ndatasets: [mini]\n");
    DatasetCatalog catalog = DatasetCatalog.load(folder);
    assertThat(catalog.problems()).hasSize(1);
    assertThat(catalog.get("chartqa").folder()).isNull(); // others are not in the way
    assertThatThrownBy(() -> catalog.get("other"))
        .hasMessageContaining("name the file chartqa.yaml");
    assertThatThrownBy(() -> catalog.suite("s"))
        .hasMessageContaining("suite 's': dataset 'chartqua' is unknown; did you mean 'chartqa'?");
    assertThat(catalog.suite("m").datasets()).containsExactly("mini");
    assertThatThrownBy(() -> catalog.get("something else")).hasMessageNotContaining("did you mean");
  }

  private static Schema schema(String name) throws IOException {
    try (InputStream bytes =
        DatasetCatalog.class.getResourceAsStream("/schema/" + name + ".schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Objects.requireNonNull(bytes), InputFormat.JSON);
    }
  }

  private static Path resources(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(DatasetCatalogTest.class.getResource(name)).toURI());
  }
}

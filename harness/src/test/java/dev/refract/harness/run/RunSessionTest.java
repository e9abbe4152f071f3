package dev.refract.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Selection;
import dev.refract.harness.dataset.store.Datasets;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.harness.llm.FakeServer.Received;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.plan.RunSettings;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import dev.refract.manifest.StrictYaml;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every command that makes a run stops, resumes, is refused and finishes in the same way.
class RunSessionTest {

  private static final int IMAGES = 2;

  @TempDir private Path folder;

  /// The commands that make a run.
  private enum Kind {
    RUN,
    JUDGED_RUN,
    ANSWER,
    JUDGED_ANSWER,
    IMPORT;

    boolean isJudged() {
      return this == JUDGED_RUN || this == JUDGED_ANSWER;
    }

    boolean isAnswer() {
      return this == ANSWER || this == JUDGED_ANSWER;
    }
  }

  /// The stage to which a request belongs.
  private enum Stage {
    CAPTIONS(request -> request.body().contains("image_url")),
    ANSWERS(request -> request.text().contains("Question:") && !judges(request)),
    VERDICTS(Stage::judges);

    private final Predicate<Received> asks;

    Stage(Predicate<Received> asks) {
      this.asks = asks;
    }

    private static boolean judges(Received request) {
      return request.text().contains("Accepted answers:");
    }
  }

  private static Answer answer(Received request) {
    return Answer.saying(
        Stage.CAPTIONS.asks.test(request)
            ? "a chart"
            : Stage.VERDICTS.asks.test(request) ? "CORRECT" : "707");
  }

  @ParameterizedTest
  @CsvSource({
    "RUN,CAPTIONS",
    "RUN,ANSWERS",
    "JUDGED_RUN,CAPTIONS",
    "JUDGED_RUN,ANSWERS",
    "JUDGED_RUN,VERDICTS",
    "ANSWER,ANSWERS",
    "JUDGED_ANSWER,ANSWERS",
    "JUDGED_ANSWER,VERDICTS"
  })
  void aRunThatIsStoppedStaysUnfinishedAndTheNextSessionAsksOnlyWhatIsMissing(
      Kind kind, Stage stage) throws Exception {
    CancellationToken stop = new CancellationToken();
    try (FakeServer server =
        new FakeServer(request -> {
          if (stage.asks.test(request)) {
            stop.cancel(new CancellationToken.Reason(true, "Stopped."));
          }
          return answer(request);
        })) {
      Path source = source(kind, server);
      int before = server.received().size();
      Path stopped = folder.resolve("stopped");
      assertThatThrownBy(() -> make(kind, source, stopped, server, stop))
          .isInstanceOf(StoppedRunException.class)
          .hasMessageContaining("Stopped.");
      RunFile run = new RunFile(stopped);
      assertThat(run.record().state()).isEqualTo(RunRecord.State.RUNNING);
      assertThat(run.summaryFile()).doesNotExist();
      assertThat(run.itemsFile()).doesNotExist();

      make(kind, source, stopped, server, new CancellationToken());
      assertThat(run.record().state()).isEqualTo(RunRecord.State.FINISHED);
      int asked = server.received().size() - before;
      make(kind, source, folder.resolve("whole"), server, new CancellationToken());
      assertThat(asked).isEqualTo(server.received().size() - before - asked);
      assertThat(run.itemsFile()).hasSameTextualContentAs(folder.resolve("whole/items.jsonl"));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anImportOrRunThatIsStoppedBeforeItsFirstStepWritesNoResult(Kind kind) throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer)) {
      Path source = source(kind, server);
      int before = server.received().size();
      CancellationToken stop = new CancellationToken();
      stop.cancel(new CancellationToken.Reason(true, "Stopped."));
      assertThatThrownBy(() -> make(kind, source, folder.resolve("out"), server, stop))
          .isInstanceOf(StoppedRunException.class);
      assertThat(folder.resolve("out/items.jsonl")).doesNotExist();
      assertThat(server.received()).hasSize(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFinishedRunAsksNothingAndStaysTheSame(Kind kind) throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer)) {
      Path source = source(kind, server);
      Path out = folder.resolve("out");
      make(kind, source, out, server, new CancellationToken());
      int asked = server.received().size();
      Map<String, String> before = files(out);
      make(kind, source, out, server, new CancellationToken());
      assertThat(server.received()).hasSize(asked);
      assertThat(files(out)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aFolderWithOtherSettingsIsRefusedAndNotTouched(Kind kind) throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer)) {
      Path source = source(kind, server);
      Path out = folder.resolve("out");
      make(kind, source, out, server, new CancellationToken());
      int asked = server.received().size();
      Map<String, String> before = files(out);
      Settings other = new Settings(server.baseUrl(), "other", "short-answer");
      assertThatThrownBy(() -> make(kind, source, out, other, new CancellationToken()))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("holds a run with other settings or data (")
          .hasMessageContaining("other")
          .hasMessageContaining("choose another --out, or delete it");
      assertThat(server.received()).hasSize(asked);
      assertThat(files(out)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "IMPORT")
  void aDeclaredCheckpointAtAnotherAddressIsTheSameModel(Kind kind) throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer);
        FakeServer moved = new FakeServer(RunSessionTest::answer)) {
      Path source = source(kind, server);
      Path out = folder.resolve("out");
      make(kind, source, out, server, new CancellationToken());
      make(kind, source, out, moved, new CancellationToken());
      assertThat(moved.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "IMPORT")
  void questionsThatCannotBeScoredAreRefusedBeforeAnyRequest(Kind kind) throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer)) {
      Path source = source(kind, server);
      int asked = server.received().size();
      // This protocol shuffles options, but free answers have none.
      Settings unfit = new Settings(server.baseUrl(), "vlm", "captionqa");
      assertThatThrownBy(
              () -> make(kind, source, folder.resolve("out"), unfit, new CancellationToken()))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("question '")
          .hasMessageContaining("captionqa");
      assertThat(server.received()).hasSize(asked);
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource("IMPORT")
  void anImportOfAQuestionThatCannotBeScoredIsRefused(Kind kind) throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer)) {
      Path source = source(kind, server);
      Path questions = source.resolve("q.jsonl");
      Files.writeString(
          questions, Files.readString(questions).replace("\"gold\"", "\"metric\":\"no\",\"gold\""));
      assertThatThrownBy(
              () -> make(kind, source, folder.resolve("out"), server, new CancellationToken()))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("q.jsonl:1");
      assertThat(folder.resolve("out")).doesNotExist();
    }
  }

  @Test
  void sequentialStagesStartEachServerAlsoThatOfAPlacebosCaptionerAndOfTheJudge() throws Exception {
    try (FakeServer server = new FakeServer(RunSessionTest::answer)) {
      CancellationToken never = new CancellationToken();
      Protocol protocol = ProtocolCatalog.get("short-answer");
      ModelFactory factory =
          new ModelFactory(
              protocol, ModelStore.ofUser(System.err), Map.of(), never, Notices.none());
      try (Captioner placebo =
              factory.captioner(started("{placebo: {of: %s}}", server, "captioner"), List.of());
          TextAnswerer answerer = factory.answerer(started("%s", server, "answerer"));
          TextAnswerer judge = factory.judge(started("%s", server, "judge"))) {
        Path out = folder.resolve("out");
        RunSettings settings =
            new RunSettings(protocol, RunRecord.TrialCounts.ONCE, judge, "refract the command");
        Run.prepare(
                new Run.Names(out, "placebo", "llm"),
                List.of(mini()),
                placebo,
                answerer,
                settings,
                new GpuSource.None(""))
            .execute(
                CaptionCache.beside(out, placebo, List.of(out)),
                new RunContext(never, true, false, Notices.none()));
      }
      assertThat(Files.readAllLines(folder.resolve("started")))
          .containsExactly("captioner", "answerer", "judge");
    }
  }

  /// A server whose start command leaves its name in a file.
  private ModelSpec started(String form, FakeServer server, String name) {
    server.hidePages(); // nothing may answer before the start
    Path log = folder.resolve("started");
    String openai =
        "{openai: {base_url: '%s', model: m, start: 'echo %s >> %s; sleep 60', ready: 'grep -q %s %s'}}"
            .formatted(server.baseUrl(), name, log, name, log);
    return StrictYaml.read(
        form.formatted(openai).getBytes(StandardCharsets.UTF_8), "test", ModelSpec.class);
  }

  private static Dataset mini() throws IOException {
    return Selection.first(IMAGES).of(Datasets.mini()).identified(Dataset.OnBad.FAIL);
  }

  /// @param model of captioner, answerer and judge
  private record Settings(String url, String model, String protocol) {

    String spec() {
      return "openai:base_url=%s,model=%s,checkpoint=sha256:0123456789,concurrency=2"
          .formatted(url, model);
    }
  }

  /// The input of a command, if it needs one: a finished run, or files to import.
  private Path source(Kind kind, FakeServer server) throws Exception {
    Path source = folder.resolve("source");
    if (kind.isAnswer()) {
      try (FakeServer own = new FakeServer(RunSessionTest::answer)) {
        make(Kind.RUN, source, source, own, new CancellationToken());
      }
    } else if (kind == Kind.IMPORT) {
      Files.createDirectories(source);
      Files.writeString(
          source.resolve("q.jsonl"),
          "{\"question_id\":\"1\",\"image_id\":\"a\",\"question\":\"How"
              + " many?\",\"gold\":[\"7\"]}\n");
      Files.writeString(source.resolve("a.jsonl"), "{\"question_id\":\"1\",\"answer\":\"7\"}\n");
    }
    assertThat(server.received()).isEmpty();
    return source;
  }

  private static RunFile make(
      Kind kind, Path source, Path out, FakeServer server, CancellationToken cancellation)
      throws IOException, InterruptedException {
    return make(
        kind, source, out, new Settings(server.baseUrl(), "vlm", "short-answer"), cancellation);
  }

  private static RunFile make(
      Kind kind, Path source, Path out, Settings settings, CancellationToken cancellation)
      throws IOException, InterruptedException {
    RunContext context = new RunContext(cancellation, false, false, Notices.none());
    if (kind == Kind.IMPORT) {
      return new ImportRun("d", source.resolve("q.jsonl"), source.resolve("a.jsonl"), null, null)
          .write(out, settings.model, "llm", context);
    }
    Protocol protocol = ProtocolCatalog.get(settings.protocol);
    ModelFactory factory =
        new ModelFactory(
            protocol, ModelStore.ofUser(System.err), Map.of(), cancellation, Notices.none());
    var spec = ModelSpecParser.parse("--captioner", settings.spec());
    try (Captioner captioner = factory.captioner(spec, List.of());
        TextAnswerer answerer = factory.answerer(spec);
        @Nullable TextAnswerer judge = kind.isJudged() ? factory.judge(spec) : null) {
      RunSettings run =
          new RunSettings(protocol, RunRecord.TrialCounts.ONCE, judge, "refract the command");
      if (kind.isAnswer()) {
        return new AnswerRun(RunFile.open(source), "llm", answerer, run, 0, 0)
            .execute(out, context);
      }
      return Run.prepare(
              new Run.Names(out, "vlm", "llm"),
              List.of(mini()),
              captioner,
              answerer,
              run,
              new GpuSource.None(""))
          .execute(CaptionCache.beside(out, captioner, List.of(out)), context);
    }
  }

  /// The contents of a run's files except the lock.
  private static Map<String, String> files(Path run) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(run)) {
      all.filter(file -> !file.endsWith("run.lock")).forEach(files::add);
    }
    Map<String, String> contents = new TreeMap<>();
    for (Path file : files) {
      contents.put(file.getFileName().toString(), Files.readString(file));
    }
    return contents;
  }
}

package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.file.RunJson;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The resolved configuration and provenance of a run, the content of `run.json`.
///
/// @param format version of the run-file format, {@value #FORMAT}
/// @param fingerprint SHA-256 over everything that identifies a run
/// @param state `running` or `finished`
/// @param asking how often each question is asked
/// @param command the command line that made it; null where none did
/// @param created ISO-8601 instant
/// @param seal what the run's files contained when it finished; null while it is running
public record RunRecord(
    int format,
    @JsonUnwrapped Names names,
    String fingerprint,
    State state,
    @JsonUnwrapped Models models,
    Protocol protocol,
    TrialCounts asking,
    List<Dataset> datasets,
    Environment environment,
    @Nullable String command,
    String created,
    @Nullable Seal seal) {

  public static final int FORMAT = 10;

  /// Names that the user gave to a run and its models.
  ///
  /// @param name of the run: the name of its folder
  public record Names(String name, String captionerId, String answererId) {
    public Names {
      checkedPart("the name of a run", name);
    }
  }

  /// Names of runs and datasets become parts of paths.
  private static void checkedPart(String what, String name) {
    if (name.isBlank()
        || name.equals(".")
        || name.equals("..")
        || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "%s: expected one part of a path, found %s".formatted(what, RunJson.text(name)));
    }
  }

  /// @param captioner as resolved
  /// @param answerer as resolved
  /// @param judge of free answers, or null without one
  public record Models(ModelIdentity captioner, ModelIdentity answerer, @Nullable Judge judge) {}

  /// @param prompt version of its prompt
  public record Judge(ModelIdentity model, String prompt) {}

  /// A run that begins now.
  public static RunRecord begin(
      Names names,
      String fingerprint,
      Models models,
      Protocol protocol,
      TrialCounts asking,
      List<Dataset> datasets,
      Environment environment,
      @Nullable String command) {
    return new RunRecord(
        FORMAT,
        names,
        fingerprint,
        State.RUNNING,
        models,
        protocol,
        asking,
        datasets,
        environment,
        command,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        null);
  }

  public String name() {
    return names.name();
  }

  public String captionerId() {
    return names.captionerId();
  }

  public String answererId() {
    return names.answererId();
  }

  public ModelIdentity captioner() {
    return models.captioner();
  }

  public ModelIdentity answerer() {
    return models.answerer();
  }

  public @Nullable Judge judge() {
    return models.judge();
  }

  /// Whether every planned question has an outcome.
  public enum State {
    RUNNING,
    FINISHED
  }

  /// The protocol, with its version.
  ///
  /// @param digest over the whole protocol except the mode
  /// @param captions number of captions per image
  /// @param answerForm `chat`, or `raw` for a filled chat template sent to `/completions`
  /// @param answerSystem the instruction, or null for none
  /// @param parser the rules that find the answer in a reply
  /// @param metric that replaces each question's own, or null
  /// @param mode `official` or `strict`
  public record Protocol(
      String id,
      int version,
      String digest,
      String captionPrompt,
      int captions,
      String answerForm,
      @Nullable String answerSystem,
      String answerTemplate,
      String parser,
      @Nullable String metric,
      String mode) {}

  /// @param rotations number of rotations of a choice question's options, at least 1
  /// @param repeats number of repeats of every question, at least 1
  /// @param budgets additional trials with captions cut to these lengths, in pieces
  public record TrialCounts(int rotations, int repeats, List<Integer> budgets) {

    /// Every question once.
    public static final TrialCounts ONCE = new TrialCounts(1, 1, List.of());
  }

  /// What a published page may do with a dataset's pictures.
  public enum Display {
    SHOW,
    THUMBNAIL,
    HIDE
  }

  /// @param display what a published page may do with its pictures
  public record Terms(@Nullable String licence, Display display) {}

  /// How a dataset's answers are scored.
  ///
  /// @param script the benchmark's own script that its metric reproduces, with its commit
  /// @param approximate how scores differ from that script's, in words; null where they are equal
  public record Scorer(String script, @Nullable String approximate) {}

  /// @param revision the commit or checksum of its source, or null for a folder
  /// @param scorer null where its metric reproduces no benchmark's script
  /// @param checksum SHA-256 over questions, descriptions and image bytes, in order
  /// @param images number of its images in the run
  /// @param ofImages number of images in the dataset
  /// @param selection which images are in the run, in words; empty for all
  /// @param skipped rows that could not be read and were skipped
  public record Dataset(
      String id,
      String title,
      String layout,
      @Nullable String revision,
      @JsonUnwrapped Terms terms,
      @Nullable Scorer scorer,
      String checksum,
      int images,
      int ofImages,
      String selection,
      int questions,
      List<String> skipped) {
    public Dataset {
      checkedPart("the id of a dataset", id);
    }

    public @Nullable String licence() {
      return terms.licence;
    }

    public Display display() {
      return terms.display;
    }

    /// Its id, marked where its scores are approximate.
    public String label() {
      return approximate().isPresent() ? id + " ≈" : id;
    }

    /// The script that its scores reproduce and how they differ, as the end of a sentence; empty
    /// where there is none.
    public String scoring() {
      if (scorer == null) {
        return "";
      }
      return scorer.approximate == null
          ? ", scored as " + scorer.script
          : ", scored approximately as %s (%s)"
              .formatted(scorer.script, scorer.approximate.replaceFirst("\\.$", ""));
    }

    /// How its scores differ from those of the benchmark's own script; empty where they are equal.
    public Optional<String> approximate() {
      return Optional.ofNullable(scorer).map(Scorer::approximate);
    }

    /// Such as "60 images", or "36 of 60 images (the first 36)".
    public String extent() {
      String bad = skipped.isEmpty() ? "" : ", " + skipped.size() + " bad left out";
      return selection.isEmpty()
          ? images + " images" + bad
          : "%d of %d images (%s)%s".formatted(images, ofImages, selection, bad);
    }
  }

  /// Where the run was made.
  ///
  /// @param gpus of this machine, in words; empty where its driver reports none
  /// @param driver their driver, or null
  /// @param servers of the captioner, as they identify themselves; empty without servers
  /// @param served what each server said about its model; two readings of one address mean that the
  ///   model changed during the run. Null in runs that were made before it was recorded.
  public record Environment(
      String harness,
      String java,
      String os,
      String processor,
      int processors,
      List<String> gpus,
      @Nullable String driver,
      List<String> servers,
      @Nullable List<ServedModel> served) {

    /// The readings of all sessions, each distinct one once.
    public List<ServedModel> readings() {
      return served == null ? List.of() : served;
    }

    /// The changes of models behind their names during the run, in words; usually none.
    public List<String> modelChanges() {
      List<String> changes = new ArrayList<>();
      List<ServedModel> all = readings();
      for (int i = 0; i < all.size(); i++) {
        for (int j = i + 1; j < all.size(); j++) {
          if (all.get(i).isSameServerAs(all.get(j))) {
            for (String change : all.get(i).changes(all.get(j))) {
              changes.add(all.get(j).address() + ": " + change);
            }
          }
        }
      }
      return changes;
    }

    Environment serving(List<ServedModel> readings) {
      return new Environment(
          harness, java, os, processor, processors, gpus, driver, servers, readings);
    }
  }

  /// Whether its captioner is a control, whose speed is meaningless.
  @JsonIgnore
  public boolean isControl() {
    return captioner().isControl();
  }

  /// The dataset's id, marked where its scores are approximate.
  public String label(String dataset) {
    return datasets.stream()
        .filter(d -> d.id().equals(dataset))
        .map(Dataset::label)
        .findFirst()
        .orElse(dataset);
  }

  /// Whether both asked the same questions: the same datasets, selections and bytes.
  public boolean hasDataOf(RunRecord other) {
    return data().equals(other.data());
  }

  private List<String> data() {
    return datasets.stream()
        .map(d -> "%s %s %d".formatted(d.id(), d.checksum(), d.questions()))
        .toList();
  }

  /// Whether both used the same answerer with the same sampling, at any address; or each an
  /// imported model that answered by itself, so that there is no separate answerer to differ.
  public boolean hasAnswererOf(RunRecord other) {
    return answerer().withoutAddress().equals(other.answerer().withoutAddress())
        || answersItself() && other.answersItself();
  }

  /// Whether captioner and answerer are one imported model.
  @JsonIgnore
  public boolean answersItself() {
    return captioner() instanceof ModelIdentity.Imported && captioner().equals(answerer());
  }

  /// Whether this is the floor of the other: the blind control with the same answerer on the same
  /// questions.
  public boolean isFloorOf(RunRecord other) {
    return captioner() instanceof ModelIdentity.Blind
        && hasAnswererOf(other)
        && protocol.equals(other.protocol)
        && hasDataOf(other);
  }

  /// Whether this is the ceiling of the other: the dataset's own descriptions with the same
  /// answerer on the same questions.
  public boolean isCeilingOf(RunRecord other) {
    return captioner() instanceof ModelIdentity.Reference
        && hasAnswererOf(other)
        && protocol.equals(other.protocol)
        && hasDataOf(other);
  }

  /// The record of a run that is finished, with the seal of its files as they are now.
  ///
  /// @param run its folder; the derived files are written
  public RunRecord finished(RunFile run) throws IOException {
    RunRecord finished = with(State.FINISHED, created);
    return finished.sealed(Seal.of(run, finished));
  }

  /// The record of a run whose results are not there.
  public RunRecord running() {
    return with(State.RUNNING, created);
  }

  RunRecord sealed(@Nullable Seal by) {
    return new RunRecord(
        format,
        names,
        fingerprint,
        state,
        models,
        protocol,
        asking,
        datasets,
        environment,
        command,
        created,
        by);
  }

  /// The same run with the creation time of the earlier session, and what its servers said then.
  public RunRecord resuming(RunRecord earlier) {
    return serving(earlier.environment.readings()).with(state, earlier.created);
  }

  /// The same run with further readings of its servers.
  public RunRecord serving(List<ServedModel> readings) {
    Set<ServedModel> all = new LinkedHashSet<>(environment.readings());
    if (!all.addAll(readings)) {
      return this;
    }
    RunRecord informed =
        new RunRecord(
            format,
            names,
            fingerprint,
            state,
            models,
            protocol,
            asking,
            datasets,
            environment.serving(List.copyOf(all)),
            command,
            created,
            seal);
    return seal == null ? informed : informed.sealed(seal.resealing(informed));
  }

  private RunRecord with(State newState, String newCreated) {
    return new RunRecord(
        format,
        names,
        fingerprint,
        newState,
        models,
        protocol,
        asking,
        datasets,
        environment,
        command,
        newCreated,
        null);
  }
}

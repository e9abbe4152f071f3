package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.dispatch.BoundedExecutor;
import dev.refract.harness.dispatch.JournaledRequests;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.gpu.Telemetry;
import dev.refract.harness.os.ServerProcess;
import dev.refract.harness.plan.PlannedCaption;
import dev.refract.harness.plan.PlannedQuestion;
import dev.refract.harness.plan.QuestionGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Captions and answers beside each other: a question is asked when the last of its captions has
/// landed. Or one after the other, where one GPU holds one model at a time.
///
/// The plan is gone through once, and only what is in flight is in memory.
final class RunPipeline {

  private final Captioner captioner;
  private final Answerer answerer;
  private final CaptionStage captionStage;
  private final AnswerStage answerStage;
  private final JournaledRequests requests;
  private final RunContext context;
  private final GpuSource gpus;

  /// Captions that are being made, and who waits for them.
  private final Map<String, List<Waiting>> inFlight = new HashMap<>();

  /// Captions that were asked for in this sitting and did not come: they are not asked for twice.
  private final Set<String> lost = new HashSet<>();

  RunPipeline(
      CaptionStage captionStage,
      AnswerStage answerStage,
      JournaledRequests requests,
      RunContext context,
      GpuSource gpus) {
    this.captioner = captionStage.captioner();
    this.answerer = answerStage.answerer();
    this.captionStage = captionStage;
    this.answerStage = answerStage;
    this.requests = requests;
    this.context = context;
    this.gpus = gpus;
  }

  /// One caption of each image of some questions, of which some may not have landed.
  private static final class Waiting {

    private final List<PlannedQuestion> questions;
    private final int sample;
    private int missing;

    Waiting(List<PlannedQuestion> questions, int sample, int missing) {
      this.questions = questions;
      this.sample = sample;
      this.missing = missing;
    }
  }

  /// Returns when all has landed or failed, or, after a wish to stop, what was in flight.
  ///
  /// @param telemetry the file of what machines say meanwhile; beside it is kept what servers say
  ///   that are started
  void work(Iterable<QuestionGroup> groups, Path telemetry)
      throws IOException, InterruptedException {
    if (!context.sequential()) {
      try (BoundedExecutor answers = answers()) {
        metered(groups, telemetry, answers);
        answers.await();
      }
      return;
    }
    try (ServerProcess _ = captioners(telemetry)) {
      metered(groups, telemetry, null);
    }
    if (!context.cancellation().isCancelled()) {
      try (ServerProcess _ = answerers(telemetry);
          BoundedExecutor answers = answers()) {
        for (QuestionGroup group : groups) {
          List<PlannedQuestion> questions = group.planned();
          lost(group, questions);
          for (int sample = 0; sample < group.captions().size(); sample++) {
            ask(questions, sample, answers);
          }
        }
        answers.await();
      }
    }
  }

  private ServerProcess captioners(Path beside) throws IOException, InterruptedException {
    return captioner
        .server()
        .start(beside.resolveSibling("captioner-server.log"), context.cancellation());
  }

  private ServerProcess answerers(Path beside) throws IOException, InterruptedException {
    return answerer
        .server()
        .start(beside.resolveSibling("answerer-server.log"), context.cancellation());
  }

  private BoundedExecutor answers() {
    return new BoundedExecutor(answerer.concurrency(), "answer-", context.cancellation());
  }

  private void metered(
      Iterable<QuestionGroup> groups, Path telemetry, @Nullable BoundedExecutor answers)
      throws IOException, InterruptedException {
    if (captionStage.source().writeTelemetry(telemetry)) {
      caption(groups, answers);
      return;
    }
    try (Telemetry _ = Telemetry.start(telemetry, gpus, captioner.server().addresses())) {
      caption(groups, answers);
    }
  }

  /// @param answers where questions go whose captions have landed, or null when they wait
  private void caption(Iterable<QuestionGroup> groups, @Nullable BoundedExecutor answers)
      throws InterruptedException {
    try (BoundedExecutor captions =
        new BoundedExecutor(captioner.concurrency(), "caption-", context.cancellation())) {
      if (answers != null) {
        captions.stopsWith(answers);
        answers.stopsWith(captions);
      }
      for (QuestionGroup group : groups) {
        if (context.cancellation().isCancelled()) {
          break;
        }
        List<PlannedQuestion> questions = group.planned();
        if (answers != null) {
          lost(group, questions);
        }
        for (int sample = 0; sample < group.captions().size(); sample++) {
          List<PlannedCaption> description =
              group.captions().get(sample).stream().distinct().toList();
          Waiting waiting = new Waiting(questions, sample, description.size());
          for (PlannedCaption caption : description) {
            want(group, caption, waiting, captions, answers);
          }
        }
      }
      captions.await();
    }
  }

  /// One picture may stand in several samples and datasets: it is captioned once.
  private void want(
      QuestionGroup group,
      PlannedCaption caption,
      Waiting waiting,
      BoundedExecutor captions,
      @Nullable BoundedExecutor answers)
      throws InterruptedException {
    boolean known;
    synchronized (this) {
      known = lost.contains(caption.fingerprint());
      List<Waiting> others = known ? null : inFlight.get(caption.fingerprint());
      if (others != null) {
        others.add(waiting);
        return;
      } else if (!known) {
        inFlight.put(caption.fingerprint(), new ArrayList<>(List.of(waiting)));
      }
    }
    if (known) {
      arrived(List.of(waiting), answers);
      return;
    }
    captions.submit(() -> {
      if (captionStage.caption(group.dataset(), caption, group.query())) {
        arrived(landed(caption.fingerprint()), answers);
      }
    });
  }

  private synchronized List<Waiting> landed(String fingerprint) {
    if (!captionStage.captions().has(fingerprint)) {
      lost.add(fingerprint);
    }
    List<Waiting> waiting = inFlight.remove(fingerprint);
    return waiting == null ? List.of() : waiting;
  }

  /// Questions on one caption stay together, which an embedded answerer's cache needs.
  private void arrived(List<Waiting> waiting, @Nullable BoundedExecutor answers)
      throws InterruptedException {
    for (Waiting one : waiting) {
      boolean last;
      synchronized (this) {
        last = --one.missing == 0;
      }
      if (last && answers != null) {
        synchronized (answers) {
          ask(one.questions, one.sample, answers);
        }
      }
    }
  }

  private void ask(List<PlannedQuestion> questions, int sample, BoundedExecutor answers)
      throws InterruptedException {
    for (PlannedQuestion planned : questions) {
      answerStage.ask(planned, sample, answers, requests);
    }
  }

  private void lost(QuestionGroup group, List<PlannedQuestion> questions) {
    if (group.lost() != null) {
      questions.forEach(planned ->
          answerStage
              .prompts()
              .times(planned.question(), 0)
              .forEach(_ -> requests.progress().answered(false, true)));
    }
  }
}

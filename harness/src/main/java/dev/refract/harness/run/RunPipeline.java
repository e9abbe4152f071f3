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

/// Runs captioning and answering concurrently: a question is asked when the last of its captions is
/// in the journal. In sequential mode, for a GPU that holds one model at a time, all captions are
/// made before the first question is asked.
///
/// Each stage iterates over the plan once; only work in flight is in memory.
final class RunPipeline {

  private final Captioner captioner;
  private final Answerer answerer;
  private final CaptionStage captionStage;
  private final AnswerStage answerStage;
  private final JournaledRequests requests;
  private final RunSession session;
  private final RunContext context;
  private final GpuSource gpus;

  /// The captions in flight, each with the questions that wait for it.
  private final Map<String, List<Waiting>> inFlight = new HashMap<>();

  /// Captions that failed in this session; they are not requested again.
  private final Set<String> lost = new HashSet<>();

  RunPipeline(
      CaptionStage captionStage,
      AnswerStage answerStage,
      JournaledRequests requests,
      RunSession session,
      RunContext context,
      GpuSource gpus) {
    this.captioner = captionStage.captioner();
    this.answerer = answerStage.answerer();
    this.captionStage = captionStage;
    this.answerStage = answerStage;
    this.requests = requests;
    this.session = session;
    this.context = context;
    this.gpus = gpus;
  }

  /// Questions that wait for the captions of one sample, one caption for each image.
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

  /// Returns when every request has succeeded or failed; after a cancellation, when the requests in
  /// flight have.
  ///
  /// @param telemetry file for the telemetry; the logs of started servers are written to its folder
  void work(Iterable<QuestionGroup> groups, Path telemetry)
      throws IOException, InterruptedException {
    if (!context.sequential()) {
      session.identify(captioner.server());
      session.identify(answerer.server());
      try (BoundedExecutor answers = answers()) {
        metered(groups, telemetry, answers);
        answers.await();
      }
      return;
    }
    try (ServerProcess _ = session.serving(captioner.server(), "captioner-server.log")) {
      metered(groups, telemetry, null);
    }
    if (!context.cancellation().isCancelled()) {
      try (ServerProcess _ = session.serving(answerer.server(), "answerer-server.log");
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
    try (Telemetry _ =
        Telemetry.start(
            telemetry, gpus, captioner.server().addresses(), captioner.server().access())) {
      caption(groups, answers);
    }
  }

  /// @param answers executor for questions whose captions are complete, or null to ask them later
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

  /// Requests a caption once, even if several samples or datasets contain the image.
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
        arrived(released(caption.fingerprint()), answers);
      }
    });
  }

  private synchronized List<Waiting> released(String fingerprint) {
    if (!captionStage.captions().has(fingerprint)) {
      lost.add(fingerprint);
    }
    List<Waiting> waiting = inFlight.remove(fingerprint);
    return waiting == null ? List.of() : waiting;
  }

  /// Submits the questions on one caption in sequence, so that an embedded answerer can reuse its
  /// prompt cache.
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

package dev.refract.harness.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.engine.LlamaServer;
import dev.refract.harness.engine.TinyModel;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import dev.refract.manifest.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedAnswererTest {

  private static final Protocol.Answering HOW = ProtocolCatalog.get("short-answer").answer();
  private static final String CAPTION =
      "Bar chart titled \"Coffee exports\", in tonnes.\nBrazil: 2412\nVietnam: 1610\nPeru: 305";
  private static final List<String> QUESTIONS =
      List.of("How many tonnes for Vietnam?", "What is the title?", "How many tonnes for Peru?");

  @TempDir private Path folder;

  /// Skipped until the weights are fetched, as by `./refract demo`.
  @Test
  void theDefaultModelAnswersFromTheCaption() throws Exception {
    ModelManifest model = ModelCatalog.find(ModelCatalog.DEFAULT).orElseThrow();
    ModelStore store = ModelStore.ofUser(System.err);
    assumeThat(store.has(model)).as("weights of %s are fetched", model.id()).isTrue();
    try (LlamaServer server =
            new LlamaServer(
                TinyModel.program(),
                new LlamaServer.Model(store.file(model), null, 2048, 1),
                new CancellationToken());
        EmbeddedAnswerer answerer = answerer(server, HOW.sampling())) {
      List<String> replies = ask(answerer, CAPTION, QUESTIONS);
      assertThat(replies.getFirst()).contains("1610");
      assertThat(replies.getLast()).contains("305");
      assertThat(ask(answerer, CAPTION, QUESTIONS.reversed()).reversed()).isEqualTo(replies);
    }
  }

  @Test
  void repliesDependNeitherOnTheQuestionsBeforeNorOnTheCaptionsBefore() throws Exception {
    TinyModel tiny = TinyModel.in(folder);
    try (EmbeddedAnswerer answerer = answerer(tiny.server(1, false), new Sampling(0, 1, 1, 24))) {
      List<String> forwards = ask(answerer, CAPTION, QUESTIONS);
      assertThat(ask(answerer, "", QUESTIONS)).isNotEqualTo(forwards);
      assertThat(ask(answerer, CAPTION, QUESTIONS.reversed()).reversed()).isEqualTo(forwards);
      assertThat(ask(answerer, CAPTION, QUESTIONS.subList(1, 2))).isEqualTo(forwards.subList(1, 2));
    }
  }

  @Test
  void anotherDrawGivesAnotherReplyAndTheSameDrawTheSameReply() throws Exception {
    TinyModel tiny = TinyModel.in(folder);
    try (EmbeddedAnswerer answerer = answerer(tiny.server(1, false), new Sampling(2, 1, 1, 16))) {
      AnswerPrompt prompt = new AnswerPrompt(null, "", "", "Tell me a story.", false);
      String first = answerer.answer(prompt, 0).text();
      assertThat(answerer.answer(prompt, 1).text()).isNotEqualTo(first);
      assertThat(answerer.answer(prompt, 0).text()).isEqualTo(first);
    }
  }

  private static EmbeddedAnswerer answerer(LlamaServer server, Sampling sampling) {
    return new EmbeddedAnswerer(server, sampling, TinyModel.identity(sampling));
  }

  private static List<String> ask(EmbeddedAnswerer answerer, String caption, List<String> questions)
      throws Exception {
    List<String> replies = new ArrayList<>();
    for (String text : questions) {
      Question question = new Question("1", "k", text, List.of(), List.of("x"), "anls");
      OptionOrder shown = OptionOrder.of(question, HOW.options(), 0);
      AnswerPrompt prompt = AnswerPrompt.of(HOW, List.of(caption), question, shown);
      replies.add(answerer.answer(prompt, 0).text());
    }
    return replies;
  }
}

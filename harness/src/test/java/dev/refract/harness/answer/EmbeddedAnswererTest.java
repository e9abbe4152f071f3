package dev.refract.harness.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.model.ModelStore;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import dev.refract.manifest.Sampling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests with the real model; skipped until its weights are fetched (`refract models fetch`).
class EmbeddedAnswererTest {

  private static final Protocol.Answering HOW = ProtocolCatalog.get("short-answer").answer();
  private static final String CAPTION =
      "Bar chart titled \"Coffee exports\", in tonnes.\nBrazil: 2412\nVietnam: 1610\nPeru: 305";

  @Test
  void itAnswersFromTheCaptionAndRepliesDoNotDependOnTheOrder() throws Exception {
    ModelManifest model = ModelCatalog.find(ModelCatalog.DEFAULT).orElseThrow();
    ModelStore store = ModelStore.ofUser(System.err);
    assumeThat(store.has(model)).as("weights of %s are fetched", model.id()).isTrue();
    List<String> questions =
        List.of("How many tonnes for Vietnam?", "What is the title?", "How many tonnes for Peru?");
    try (EmbeddedAnswerer answerer =
        new EmbeddedAnswerer(store.file(model), model.id(), model.sha256(), HOW.sampling())) {
      List<String> forwards = ask(answerer, CAPTION, questions);
      assertThat(forwards.getFirst()).contains("1610");
      assertThat(forwards.getLast()).contains("305");
      assertThat(ask(answerer, "", questions)).isNotEqualTo(forwards);
      assertThat(ask(answerer, CAPTION, questions.reversed()).reversed()).isEqualTo(forwards);
    }
  }

  @Test
  void anotherDrawGivesAnotherReplyAndTheSameDrawTheSameReply() throws Exception {
    ModelManifest model = ModelCatalog.find(ModelCatalog.DEFAULT).orElseThrow();
    ModelStore store = ModelStore.ofUser(System.err);
    assumeThat(store.has(model)).as("weights of %s are fetched", model.id()).isTrue();
    try (EmbeddedAnswerer answerer =
        new EmbeddedAnswerer(
            store.file(model), model.id(), model.sha256(), new Sampling(2, 1, 1, 16))) {
      AnswerPrompt prompt = new AnswerPrompt(null, "", "Tell me a story.", false);
      String first = answerer.answer(prompt, 0).text();
      assertThat(answerer.answer(prompt, 1).text()).isNotEqualTo(first);
      assertThat(answerer.answer(prompt, 0).text()).isEqualTo(first);
    }
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

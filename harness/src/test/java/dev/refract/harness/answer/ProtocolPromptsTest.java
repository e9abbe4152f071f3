package dev.refract.harness.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Compares every prompt character by character. If this test fails, results are no longer
/// comparable with older ones: raise the protocol's version, then update `golden/prompts.txt`.
class ProtocolPromptsTest {

  @Test
  void everyPromptIsUnchangedWithinItsVersion() throws IOException {
    StringBuilder prompts = new StringBuilder();
    ProtocolCatalog.ids().forEach(id -> prompts.append(rendered(ProtocolCatalog.get(id))));
    prompts.append("== judge ").append(JudgePrompt.VERSION).append('\n');
    Question free = new Question("1", "g", "How many?", List.of(), List.of("2", "two"), "anls");
    prompts.append(JudgePrompt.of(free, " Two. ").text()).append('\n');
    try (InputStream golden =
        ProtocolPromptsTest.class.getResourceAsStream("/golden/prompts.txt")) {
      assertThat(prompts.toString())
          .isEqualTo(
              new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String rendered(Protocol protocol) {
    List<String> lines = new ArrayList<>();
    lines.add("== %s version %d".formatted(protocol.id(), protocol.version()));
    lines.add("-- caption: " + protocol.caption());
    lines.add("-- answer sampling: " + protocol.answer().sampling());
    lines.add("-- score: " + protocol.score());
    Question free = new Question("1", "g", "How many?", List.of(), List.of("2"), "anls");
    Question choice =
        new Question("2", "g", "Which one?", List.of("Mali", "Niger"), List.of("B"), "choice");
    Protocol.Query query = protocol.caption().query();
    if (query != null) {
      lines.add("-- query\n" + AnswerPrompt.query(query, free).text());
    }
    Protocol.Raw raw = protocol.answer().raw();
    for (Question question : List.of(free, choice)) {
      OptionOrder shown = OptionOrder.of(question, protocol.answer().options(), 0);
      List<String> captions = List.of("Two bars.");
      lines.add("-- chat\n" + AnswerPrompt.of(protocol.answer(), captions, question, shown).text());
      lines.add("-- direct\n" + AnswerPrompt.direct(protocol.answer(), question, shown).text());
      if (raw != null) {
        lines.add(
            "-- raw\n"
                + AnswerPrompt.raw(protocol.answer(), raw, captions, question, shown).text());
      }
    }
    return String.join("\n", lines) + "\n";
  }
}

package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.score.GoldenRows.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenRowsTest {

  private static final String RIGHT =
      "{\"metric\":\"anls.vlmevalkit\",\"gold\":[\"a cat\"],\"pred\":\"a cat\",\"score\":1}";
  private static final String WRONG =
      "{\"metric\":\"anls.vlmevalkit\",\"gold\":[\"a cat\"],\"pred\":\"a cat\",\"score\":0.5}";

  @TempDir Path folder;

  @Test
  void a_metric_is_tallied_in_the_order_of_the_file() throws IOException {
    List<Tally> tallies =
        check(
            RIGHT,
            "{\"metric\":\"bleu.sacre\",\"gold\":[\"x\"],\"pred\":\"y\",\"score\":0}",
            WRONG,
            RIGHT);
    assertThat(tallies)
        .containsExactly(
            new Tally(
                "anls.vlmevalkit",
                2,
                1,
                0,
                false,
                List.of("line 3: gold [a cat], answer 'a cat': expected 0.5, found 1.0")),
            new Tally("bleu.sacre", 0, 0, 1, true, List.of()));
    assertThat(tallies.getFirst().total()).isEqualTo(3);
    assertThat(tallies.getLast().total()).isEqualTo(1);
  }

  @Test
  void a_row_that_the_metric_cannot_decide_is_unsupported() throws IOException {
    Tally tally =
        check(
                "{\"metric\":\"caprl.reference\",\"kind\":\"math\",\"gold\":[\"$x+y=3$\"],"
                    + "\"pred\":\"</think><answer>\\\\boxed{2x+2y=6}</answer>\",\"score\":1}")
            .getFirst();
    assertThat(tally).isEqualTo(new Tally("caprl.reference", 0, 0, 1, false, List.of()));
  }

  @Test
  void rounding_of_the_last_digits_is_no_disagreement() throws IOException {
    Tally tally =
        check(RIGHT.replace(":1}", ":0.9999999999}"), RIGHT.replace(":1}", ":0.99999}")).getFirst();
    assertThat(tally.agree()).isEqualTo(1);
    assertThat(tally.disagree()).isEqualTo(1);
  }

  @Test
  void the_first_five_disagreements_are_shown_and_all_are_counted() throws IOException {
    Tally tally = check(WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG).getFirst();
    assertThat(tally.disagree()).isEqualTo(7);
    assertThat(tally.disagreements()).hasSize(5);
    assertThat(tally.disagreements().getLast()).startsWith("line 5: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"gold\":[\"a\"],\"pred\":\"a\",\"score\":1}",
        "{\"metric\":\"m\",\"gold\":\"a\",\"pred\":\"a\",\"score\":1}",
        "{\"metric\":\"m\",\"gold\":[],\"pred\":\"a\",\"score\":1}",
        "{\"metric\":\"m\",\"gold\":[\"a\"],\"pred\":1,\"score\":1}",
        "{\"metric\":\"m\",\"gold\":[\"a\"],\"pred\":\"a\",\"score\":\"1\"}",
      })
  void a_line_that_is_no_golden_row_is_named(String line) {
    assertThatThrownBy(() -> check(RIGHT, line))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("golden.jsonl:2: expected metric, gold (a list), pred and score");
  }

  @Test
  void a_line_that_is_no_json_is_named() {
    assertThatThrownBy(() -> check(RIGHT, RIGHT, "{\"metric\""))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("golden.jsonl:3: not JSON");
  }

  private List<Tally> check(String... lines) throws IOException {
    return GoldenRows.check(Files.write(folder.resolve("golden.jsonl"), List.of(lines)));
  }
}

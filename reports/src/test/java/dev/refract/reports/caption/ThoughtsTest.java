package dev.refract.reports.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What models think and what they say, in the forms in which servers send both.
class ThoughtsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>hm</think>blue",
        "<think>\nhm\n</think>\n\nblue",
        "hm</think>blue",
        "<THINK>hm</Think> blue",
        "<think>a</think>b</think>blue",
        "<thinking>hm</thinking>blue",
        "<thought>hm</thought>blue",
        "<reasoning>hm</reasoning>blue",
        "<seed:think>hm</seed:think>blue",
        "<mm:think>hm</mm:think>blue",
        "[THINK]hm[/THINK]blue",
        "◁think▷hm◁/think▷blue",
        "<|begin_of_thought|>hm<|end_of_thought|>blue",
        "<|START_THINKING|>hm<|END_THINKING|>blue",
        "<unused94>thought hm<unused95>blue",
        "Here is my thought process: hm Here is my response: blue",
        "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>blue<|return|>",
        "<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>blue",
        "analysishm hmassistantfinalblue",
        "blue<think>hm</think>"
      })
  void thoughts_are_no_part_of_what_is_said(String reply) {
    Thoughts thoughts = Thoughts.of(reply);
    assertThat(thoughts.said()).isEqualTo("blue");
    assertThat(thoughts.exist()).isTrue();
    assertThat(thoughts.closed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>",
        "<think>\nblue",
        "[THINK] blue",
        "◁think▷blue",
        "<|channel|>analysis<|message|>blue",
        "<|start|>assistant<|channel|>analysis<|message|>blue",
        "<thinking>blue"
      })
  void a_reply_that_ends_inside_its_thoughts_says_nothing(String reply) {
    Thoughts thoughts = Thoughts.of(reply);
    assertThat(thoughts.said()).isEmpty();
    assertThat(thoughts.closed()).isFalse();
    assertThat(thoughts.exist()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "blue",
        "a < b, [1], and {c}",
        "The poster reads [THINK] before you act",
        "Here is the chart: blue",
        "analysis of the chart",
        "<answer>blue</answer>",
        "The tag <thoughtful> is shown"
      })
  void other_text_is_left_as_it_is(String reply) {
    assertThat(Thoughts.of(reply)).isEqualTo(new Thoughts("", reply, true));
  }

  @Test
  void the_thoughts_are_kept_apart() {
    assertThat(Thoughts.of("<think>red or blue?</think>blue").thoughts()).isEqualTo("red or blue?");
  }
}

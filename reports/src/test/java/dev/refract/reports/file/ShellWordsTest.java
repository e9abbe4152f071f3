package dev.refract.reports.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

  @Test
  void whatAShellWouldChangeIsQuoted() {
    assertThat(ShellWords.quoted(Path.of("runs/step-400"))).isEqualTo("runs/step-400");
    assertThat(ShellWords.quoted("my runs/é")).isEqualTo("'my runs/é'");
    assertThat(ShellWords.quoted("$HOME;rm")).isEqualTo("'$HOME;rm'");
    assertThat(ShellWords.quoted("it's")).isEqualTo("'it'\\''s'");
    assertThat(ShellWords.quoted("")).isEqualTo("''");
    assertThat(ShellWords.joined(List.of("board", "a b"))).isEqualTo("board 'a b'");
  }
}

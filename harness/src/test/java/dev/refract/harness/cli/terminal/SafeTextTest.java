package dev.refract.harness.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.TerminalControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What a terminal and a log of CI get instead of text that would command them.
class SafeTextTest {

  private static String shown(boolean terminal, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SafeText safe = new SafeText(out, terminal)) {
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        safe.write(b); // one at a time: characters and sequences may be split anywhere
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String shown(String text) {
    return shown(false, text);
  }

  @Test
  void ordinaryTextOfAnyLanguagePasses() {
    String text =
        "a: b::c # ## [x] #1 \t 95 % · 圖表 👩‍🔬 العربية naïve\nsecond::line\n## Heading [1]\n";
    assertThat(shown(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'::error file=x::y', ':\\u003aerror file=x::y'",
    "'a\n::stop-commands::t', 'a\n:\\u003astop-commands::t'",
    "'  \u00a0::warning::w', '  \u00a0:\\u003awarning::w'",
    "'##[error]x', '##\\u005berror]x'",
    "'text ##vso[task.setvariable]x', 'text ##vso\\u005btask.setvariable]x'",
    "'##teamcity[testFailed]', '##teamcity\\u005btestFailed]'",
  })
  void commandsOfCiAreShownAndNotExecuted(String text, String shown) {
    assertThat(shown(text)).isEqualTo(shown);
  }

  @Test
  void terminalSequencesAreShown() {
    assertThat(shown("\u001b[2J\u001b]0;title\u0007"))
        .isEqualTo("\\u001b[2J\\u001b]0;title\\u0007");
    assertThat(shown("a\rb\u009b31m\u007f")).isEqualTo("a\\u000db\\u009b31m\\u007f");
    assertThat(shown(true, "\u001b]52;c;aGk=\u0007")).isEqualTo("\\u001b]52;c;aGk=\\u0007");
    assertThat(shown(true, "\u001b[2J\u001b[6n")).isEqualTo("\\u001b[2J\\u001b[6n");
  }

  @Test
  void helpHasColours() {
    assertThat(shown(true, "\u001b[31;1mred\u001b[0m")).isEqualTo("\u001b[31;1mred\u001b[0m");
    assertThat(shown(true, "\r\u001b[Kx")).isEqualTo("\\u000d\\u001b[Kx");
    assertThat(shown("\u001b[31mred")).isEqualTo("\\u001b[31mred");
  }

  @Test
  void onlyRefractItselfRewritesALine() {
    assertThat(shown(TerminalControl.CLEAR_LINE + "3/4")).isEqualTo("\r\u001b[K3/4");
    assertThat(shown("\r\u001b[Kgate: pass")).isEqualTo("\\u000d\\u001b[Kgate: pass");
    String guessed = TerminalControl.MARK.replaceFirst("[0-9a-f]\ue001", "g\ue001") + "r";
    assertThat(shown(guessed)).isEqualTo(guessed);
    assertThat(shown("\ue000" + TerminalControl.trusted("\r"))).isEqualTo("\ue000\r");
  }

  @Test
  void charactersThatReorderOrHideTextAreShown() {
    assertThat(shown("a\u202eb\u2066c\u200f\u2028d\udb40\udc41"))
        .isEqualTo("a\\u202eb\\u2066c\\u200f\\u2028d\\udb40\\udc41");
  }

  @Test
  void bytesThatAreNotUtf8AreDropped() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SafeText safe = new SafeText(out, false)) {
      safe.write(new byte[] {'a', (byte) 0xff, (byte) 0xe2, (byte) 0x82, 'b', (byte) 0x80, 'c'});
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("abc");
  }

  @Test
  void jsonKeepsItsMeaning() {
    JsonMapper json = JsonMapper.builder().build();
    String value = "a\u202e ##[error] \u007f\u0085\n::x";
    String line = json.writeValueAsString(value);
    assertThat(shown(line)).isNotEqualTo(line);
    assertThat(json.readValue(shown(line), String.class)).isEqualTo(value);
  }

  @Test
  void linesThatRefractComposedForCiPass() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SafeText safe = new SafeText(out, false)) {
      safe.trust(true);
      safe.write("::error title=x::y\u001b\n".getBytes(StandardCharsets.UTF_8));
      safe.trust(false);
      safe.write("::error\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("::error title=x::y\\u001b\n:\\u003aerror\n");
  }
}

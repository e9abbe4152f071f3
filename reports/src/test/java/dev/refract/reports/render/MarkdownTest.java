package dev.refract.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text from outside in comments of pull requests.
class MarkdownTest {

  /// What GitHub and GitLab turn into links in rendered text, by their documentation.
  private static final List<Pattern> REFERENCES =
      List.of(
          Pattern.compile("@[A-Za-z0-9_]"),
          Pattern.compile("[#!~%$&]([A-Za-z0-9\"])|\\[[a-z]|\\*iteration"),
          Pattern.compile("(?i)\\b[a-z]+-[0-9]"),
          Pattern.compile("\\b[0-9a-f]{7,64}\\b"),
          Pattern.compile("(?i)://|www\\.|mailto:|\\[\\^1\\]\\("));

  @Test
  void everySignOfMarkupIsEscaped() {
    assertThat(Markdown.escaped("\\ ` * _ { } [ ] # ! | ~"))
        .isEqualTo("\\\\ \\` \\* \\_ \\{ \\} \\[ \\] \\# \\! \\| \\~");
    assertThat(Markdown.escaped("<b>&amp;</b>")).isEqualTo("&lt;b&gt;&amp;&#8203;amp;&lt;/b&gt;");
    assertThat(Markdown.escaped("a\r\n\nb\nc")).isEqualTo("a b c");
    assertThat(Markdown.escaped("plain: 5.0 %, -1.2 (x) \u00e9 \u56fe"))
        .isEqualTo("plain: 5.0 %, -1.2 (x) \u00e9 \u56fe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@octocat and @org/team",
        "owner/repo#12, #12, GH-12, !34, ~bug ~\"two words\", %\"v1\", $99, &12, ^alert#1",
        "[vulnerability:123] [feature_flag:1] *iteration:1",
        "see deadbeef1234567 and 0123456789abcdef0123456789abcdef01234567",
        "https://e.example/x www.e.example mailto:a@b.example JIRA-77",
        "![](http://e/x.png) [x](javascript:alert(1)) <img src=x> <https://e.example>",
        "</details></td></table> <!-- refract-gate --> <script>",
        "| a | b | \n|---|---|\n\n# heading\n/close\n- item\n```\ncode\n```",
        "$`\\\\href{http://e}{x}`$ :tada: \\u202e [^1]",
      })
  void nothingOfItHasAnEffectWhereItIsRendered(String text) {
    String html =
        HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .build()
            .render(
                Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .build()
                    .parse("| h |\n|---|\n| " + Markdown.escaped(text) + " |\n"));
    String cell = html.replaceFirst("(?s).*<td>(.*)</td>.*", "$1");
    assertThat(html.split("<td>", -1)).hasSize(2);
    assertThat(cell).doesNotContain("<");
    String shown =
        cell.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
    for (Pattern reference : REFERENCES) {
      assertThat(reference.matcher(shown).find()).as("%s in %s", reference, shown).isFalse();
    }
    assertThat(shown.replace("\u200b", ""))
        .isEqualTo(Texts.visible(text.replaceAll("\\s+", " ")).strip());
  }
}

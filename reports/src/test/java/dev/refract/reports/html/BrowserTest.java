package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The site as a reader uses it: opened from `file://` in a real browser. Skipped where there is no
/// Chromium.
class BrowserTest {

  @TempDir private static Path folder;

  private static String site = "";
  private static @org.jspecify.annotations.Nullable Browser browser;

  @BeforeAll
  static void open() throws Exception {
    assumeThat(Browser.installed()).as("Chromium is installed").isPresent();
    List<RunFile> runs = MadeUpRuns.of(folder.resolve("runs"), 4, 30, 4);
    Path page =
        new Site(folder.resolve("site"))
            .write(
                runs,
                List.of(
                    new Published(
                        "a paper",
                        List.of("made-up"),
                        List.of(new Published.Row("theirs", List.of("50.0"))))),
                List.of(MadeUpRuns.load()));
    site = page.toUri().toString();
    browser = new Browser(Browser.installed().orElseThrow(), folder.resolve("profile"));
  }

  @AfterAll
  static void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  private static Browser browser() {
    return Objects.requireNonNull(browser);
  }

  @Test
  void everyKindOfPageIsCleanForAxeInLightAndDarkWideAndNarrow() throws Exception {
    String axe = axe();
    for (String page :
        List.of(
            "index.html",
            "methodology.html",
            "throughput.html",
            "compare/step-100~step-400/index.html",
            "runs/step-400/index.html",
            "runs/step-400/questions-0001.html",
            "runs/step-400/images-0001.html")) {
      for (int width : new int[] {1440, 390}) {
        for (boolean dark : new boolean[] {false, true}) {
          browser().view(width, dark);
          browser().open(site.replace("index.html", page));
          assertThat(browser().errors()).as(page).isEmpty();
          assertThat(browser().requests())
              .as(page)
              .allMatch(r ->
                  r.startsWith(site.replace("index.html", ""))
                      || r.startsWith("data:")
                      || r.startsWith("about:"));
          browser().evaluate(axe);
          JsonNode violations =
              browser()
                  .evaluate(
                      "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
                          + " 'wcag22aa', 'best-practice']}).then(r => r.violations.map(v => v.id +"
                          + " ': ' + v.nodes.slice(0, 3).map(n => n.html + ' ' +"
                          + " n.failureSummary).join('; ')))");
          assertThat(violations)
              .as("%s, %d px, dark %s", page, width, dark)
              .map(JsonNode::toString)
              .isEmpty();
          assertThat(
                  browser()
                      .evaluate(
                          "document.documentElement.scrollWidth <="
                              + " document.documentElement.clientWidth")
                      .asBoolean())
              .as("%s at %d px is no wider than the screen", page, width)
              .isTrue();
        }
      }
    }
  }

  @Test
  void theBoardSortsFiltersAndKeepsItsStateInTheAddress() throws Exception {
    browser().open(site);
    assertThat(rows()).containsExactly("step-400", "step-300", "step-200", "step-100", "blind");
    browser().evaluate("document.querySelector('#board thead button').click()"); // by name
    assertThat(rows().getFirst()).isEqualTo("blind");
    browser()
        .evaluate(
            "{const s = document.getElementById('search'); s.value = 'step'; s.dispatchEvent(new"
                + " Event('input', {bubbles: true}))}");
    browser().evaluate("document.getElementById('controls').click()");
    assertThat(rows()).containsExactly("step-100", "step-200", "step-300", "step-400");
    String address = browser().evaluate("location.href").asString();
    assertThat(address).contains("#sort=0&q=step&captioners=1");
    browser().open(address);
    assertThat(rows()).containsExactly("step-100", "step-200", "step-300", "step-400");
    assertThat(browser().evaluate("document.getElementById('shown').textContent").asString())
        .isEqualTo("4 of 5");
  }

  @Test
  void twoClicksLeadFromARankToAnImagesCaption() throws Exception {
    browser().open(site);
    browser().follow("document.querySelector('#board tbody a').click()");
    browser().follow("document.querySelector('table.questions a').click()");
    assertThat(browser().evaluate("document.body.textContent").asString())
        .contains("Caption", "A made-up caption");
    assertThat(browser().evaluate("location.hash").asString()).startsWith("#q");
  }

  @Test
  void theKeyboardAloneIsEnough() throws Exception {
    browser().open(site);
    browser().press("Tab");
    assertThat(focused()).isEqualTo("Skip to the content");
    boolean reached = false;
    for (int i = 0; i < 40 && !reached; i++) {
      browser().press("Tab");
      reached = focused().equals("step-400");
    }
    assertThat(reached).isTrue();
    browser().open(site.replace("index.html", "runs/step-400/images-0001.html"));
    browser().press("j");
    browser().press("j");
    assertThat(browser().evaluate("location.hash").asString()).isEqualTo("#q2");
    browser().press("k");
    assertThat(browser().evaluate("location.hash").asString()).isEqualTo("#q1");
  }

  private static String focused() throws Exception {
    return browser().evaluate("document.activeElement.textContent.trim()").asString();
  }

  private static List<String> rows() throws Exception {
    JsonNode names =
        browser()
            .evaluate(
                "[...document.querySelectorAll('#board tbody tr')].filter(r => !r.hidden).map(r =>"
                    + " r.querySelector('a').textContent)");
    return names.values().stream().map(JsonNode::asString).toList();
  }

  private static String axe() throws IOException {
    try (InputStream script = BrowserTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package dev.refract.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.render.Plots.Bar;
import dev.refract.reports.render.Plots.Level;
import dev.refract.reports.render.Plots.Point;
import dev.refract.reports.render.Plots.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures whose places can be told with a ruler.
class PlotsTest {

  @Test
  void aForestHasZeroItsIntervalsAndItsTicks() {
    // From -11.2 to 11.2 over 220 to 624 pixels.
    String svg = Plots.forest(List.of(new Bar("a <b>", 5, -10, 10)), "points", "forest");
    assertThat(svg)
        .startsWith("<svg class=\"plot\" viewBox=\"0 0 640 66\"")
        .contains("aria-label=\"forest\"")
        .contains("<line class=\"zero\" x1=\"422.0\" y1=\"0.0\" x2=\"422.0\" y2=\"30.0\"/>")
        .contains("<line class=\"reach\" x1=\"241.6\" y1=\"13.0\" x2=\"602.4\" y2=\"13.0\"/>")
        .contains("<circle class=\"mean\" cx=\"512.2\" cy=\"13.0\"")
        .contains("<title>a &lt;b&gt;: +5.0 [-10.0, 10.0]</title>")
        .contains("<text text-anchor=\"end\" x=\"210.0\" y=\"17.0\">a &lt;b&gt;</text>")
        .contains("<text text-anchor=\"middle\" x=\"430.0\" y=\"62.0\">points</text>");
    assertThat(all(svg, "x=\"[\\d.]+\" y=\"46.0\">([^<]+)<"))
        .containsExactly("-10", "-5", "0", "5", "10");
    assertThat(svg).contains("x=\"422.0\" y=\"46.0\">0<");
  }

  @Test
  void everyBarOfAForestHasARowOfItsOwn() {
    String svg =
        Plots.forest(List.of(new Bar("a", 1, 0, 2), new Bar("b", 3, 2, 4)), "points", "forest");
    assertThat(svg).contains("viewBox=\"0 0 640 92\"");
    assertThat(all(svg, "cy=\"([\\d.]+)\"")).containsExactly("13.0", "39.0");
    assertThat(all(svg, "class=\"reach\" x1=\"[\\d.]+\" y1=\"([\\d.]+)\""))
        .containsExactly("13.0", "39.0");
  }

  @Test
  void theFrontierJoinsWhomNobodyBeatsInBothFastestFirst() {
    // x from 0.88 to 3.12 over 56 to 624, accuracy from 58.8 to 81.2 over 280 to 16.
    String svg =
        Plots.frontier(
            List.of(point("a", 1, 80), point("b", 2, 60), point("c", 3, 70)), List.of(), "speed");
    assertThat(all(svg, "class=\"frontier\" points=\"([^\"]*)\""))
        .containsExactly("593.6,148.0 86.4,30.1");
    assertThat(svg)
        .contains("viewBox=\"0 0 640 320\"")
        .contains("<title>b: 60.0 % at 2.00 captions/s</title>")
        .contains("cx=\"340.0\" cy=\"265.9\"")
        .contains(">captions/s<", ">accuracy, %<");
    assertThat(all(svg, "(<circle)")).hasSize(3);
  }

  @Test
  void oneThatIsSlowerAndNoBetterIsNotOnTheFrontier() {
    String svg = Plots.frontier(List.of(point("a", 1, 70), point("b", 3, 70)), List.of(), "speed");
    assertThat(all(svg, "class=\"frontier\" points=\"([^\"]*)\"").getFirst()).doesNotContain(" ");
  }

  @Test
  void aLevelIsALineAcrossWithItsName() {
    String svg =
        Plots.frontier(
            List.of(point("a", 1, 80), point("b", 3, 60)),
            List.of(new Level("blind", 70)),
            "speed");
    assertThat(svg)
        .contains("<line class=\"level\" x1=\"56.0\" y1=\"148.0\" x2=\"624.0\" y2=\"148.0\"/>")
        .contains("x=\"624.0\" y=\"145.0\">blind 70.0<");
  }

  @Test
  void levelsStretchTheAxis() {
    // Accuracy from -4.8 to 84.8: 0 to 80 and six hundredths beside.
    List<Level> far = List.of(new Level("blind", 0));
    String svg = Plots.curve(List.of(point("a", 1, 80), point("b", 2, 60)), far, "step", "curve");
    double height = 280 - 4.8 / 89.6 * 264;
    assertThat(svg).contains("class=\"level\" x1=\"56.0\" y1=\"%.1f\"".formatted(height));
  }

  @Test
  void aCurveJoinsItsPointsInTheirOrder() {
    String svg =
        Plots.curve(
            List.of(point("a", 1, 80), point("b", 2, 60), point("c", 3, 70)),
            List.of(),
            "step",
            "curve");
    assertThat(all(svg, "class=\"frontier\" points=\"([^\"]*)\""))
        .containsExactly("86.4,30.1 340.0,265.9 593.6,148.0");
    assertThat(svg).contains("<title>c: 70.0 %</title>").contains(">step<");
  }

  @Test
  void anIntervalIsAnUprightBar() {
    String svg =
        Plots.curve(
            List.of(new Point("a", 1, 70, 60, 80), point("b", 3, 70)), List.of(), "step", "curve");
    assertThat(svg)
        .contains("<line class=\"reach\" x1=\"86.4\" y1=\"265.9\" x2=\"86.4\" y2=\"30.1\"/>");
  }

  @Test
  void aCourseStartsAtZero() {
    // 0 to 110 over 120 to 16 pixels.
    String svg =
        Plots.course(List.of(new Spot(1, 0), new Spot(3, 100)), "minutes", "captions/s", "course");
    assertThat(svg).contains("viewBox=\"0 0 640 160\"");
    assertThat(all(svg, "class=\"frontier\" points=\"([^\"]*)\""))
        .containsExactly("86.4,120.0 593.6,25.5");
    String flat = Plots.course(List.of(new Spot(1, 0), new Spot(3, 0)), "m", "c", "course");
    assertThat(all(flat, "class=\"frontier\" points=\"([^\"]*)\""))
        .containsExactly("86.4,120.0 593.6,120.0");
    assertThat(all(flat, "text-anchor=\"end\"[^>]*>([^<]+)<"))
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
  }

  @Test
  void oneValueAloneStandsInTheMiddle() {
    String svg = Plots.curve(List.of(point("a", 5, 70)), List.of(), "step", "curve");
    assertThat(svg).contains("cx=\"340.0\" cy=\"148.0\"");
    // One beside 5, and a tenth of 70 beside 70.
    assertThat(all(svg, "text-anchor=\"end\"[^>]*>([^<]+)<")).containsExactly("65", "70", "75");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.003, 0.02, 0.7, 1, 1.5, 2.4, 9, 33, 480, 1e5})
  void ticksAreRoundAndNeitherFewNorMany(double most) {
    String svg = Plots.course(List.of(new Spot(0, 0), new Spot(1, most)), "m", "c", "course");
    List<String> ticks = all(svg, "text-anchor=\"end\"[^>]*>([^<]+)<");
    assertThat(ticks.size()).isBetween(3, 8);
    assertThat(ticks.getFirst()).isEqualTo("0");
  }

  @Test
  void aNameOfThirtyCharactersStaysAndALongerOneIsCut() {
    String thirty = "n".repeat(30);
    assertThat(Plots.forest(List.of(new Bar(thirty, 1, 0, 2)), "q", "l"))
        .contains(">" + thirty + "</text>");
    assertThat(Plots.forest(List.of(new Bar(thirty + "m", 1, 0, 2)), "q", "l"))
        .contains(">" + "n".repeat(29) + "…</text>")
        .contains("<title>" + thirty + "m:");
  }

  @Test
  void textsAreEscapedAndControlsMadeVisible() {
    String svg = Plots.forest(List.of(new Bar("'a' & \"b\"\u0001", 1, 0, 2)), "q", "\"><script>");
    assertThat(svg)
        .contains(">&#39;a&#39; &amp; &quot;b&quot;\u2401</text>")
        .contains("aria-label=\"&quot;&gt;&lt;script&gt;\"")
        .doesNotContain("<script");
  }

  @ParameterizedTest
  @CsvSource({
    "step-500, 500",
    "caprl_ckpt2000, 2000",
    "run-checkpoint_7-b, 7",
    "ITER.12, 12",
    "epoch3-step-9, 3",
    "step999999999999, 999999999999"
  })
  void theStepIsReadFromAName(String name, long step) {
    assertThat(Plots.step(name)).hasValue(step);
  }

  @ParameterizedTest
  @ValueSource(strings = {"caprl-3b", "step", "step--5", "steps-5", "500", ""})
  void aNameWithoutAStepTellsNone(String name) {
    assertThat(Plots.step(name)).isEmpty();
  }

  private static Point point(String name, double x, double value) {
    return new Point(name, x, value, value, value);
  }

  private static List<String> all(String svg, String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(svg);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}

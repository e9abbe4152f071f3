package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.compare.RunData;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.compare.SmallRuns;
import dev.refract.reports.html.BoardView.Entry;
import dev.refract.reports.html.BoardView.PairCell;
import dev.refract.reports.html.BoardView.PairRow;
import dev.refract.reports.html.RankingView.PairPage;
import dev.refract.reports.render.Plots;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.RunRecord.TrialCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which runs of a board are ranked with each other, and what stands between them.
class RankingViewTest {

  @Test
  void captionersOnTheSameQuestionsAreRankedBestFirst() {
    Entry low = entry("low", 0);
    Entry top = entry("top", 12);
    Entry mid = entry("mid", 4);
    RankingView view = group(List.of(low, top, mid));
    assertThat(view.members()).containsExactly(top, mid, low);
    assertThat(view.best()).isEqualTo("top");
    // Top is proven best; mid differs from low on four images, which proves nothing.
    assertThat(view.ranks(top)).isEqualTo("1");
    assertThat(view.ranks(mid)).isEqualTo("2–3");
    assertThat(view.ranks(low)).isEqualTo("2–3");
  }

  @Test
  void controlsOtherProtocolsOtherDataAndUngradedRunsAreLeftOut() {
    Entry best = entry("best", 6);
    Entry second = entry("second", 5);
    Entry control =
        entry(record("control", new ModelIdentity.Reference(), "official", "s"), graded(12));
    Entry strict = entry(record("strict", SmallRuns.CAPTIONER, "strict", "s"), graded(5));
    Entry other = entry(record("other", SmallRuns.CAPTIONER, "official", "t"), graded(5));
    Entry ungraded = entry(record("secret", SmallRuns.CAPTIONER, "official", "s"), List.of());
    RankingView view = group(List.of(control, strict, other, ungraded, second, best));
    assertThat(view.members()).containsExactly(best, second);
    for (Entry out : List.of(control, strict, other, ungraded)) {
      assertThat(view.ranks(out)).isEmpty();
    }
    List<RankingView> groups =
        RankingView.groups(List.of(control, strict, other, ungraded, second, best));
    assertThat(groups).hasSize(3);
    assertThat(groups.get(0).holds(control)).isTrue();
    assertThat(groups.get(1).members()).containsExactly(strict);
    assertThat(groups.get(1).holds(best)).isFalse();
    assertThat(groups.get(2).members()).containsExactly(other);
  }

  @Test
  void oneAloneIsNotRankedAndNobodyHasNoBest() {
    Entry only = entry("only", 6);
    RankingView one = group(List.of(only));
    assertThat(one.ranks(only)).isEmpty();
    assertThat(one.best()).isEqualTo("only");
    assertThat(one.bars()).isEmpty();
    assertThat(one.pairPages()).isEmpty();
    assertThat(one.pairwise().columns()).isEmpty();
    assertThat(one.pairwise().rows()).isEmpty();
    assertThat(RankingView.groups(List.of())).isEmpty();
  }

  @Test
  void barsAreTheOthersDifferencesToTheBestInPoints() {
    List<Plots.Bar> bars =
        group(List.of(entry("top", 12), entry("mid", 6), entry("low", 0))).bars();
    assertThat(bars.stream().map(Plots.Bar::name)).containsExactly("mid", "low");
    Plots.Bar mid = bars.getFirst();
    assertThat(mid.value()).isCloseTo(-50, within(1e-9));
    // Three pairs: Student's t of 11 degrees at 1 − 0.05 / 6 is 2.820; SE = sqrt(12/11 * 3) / 12.
    double reach = 100 * 2.8200 * Math.sqrt(36 / 11.0) / 12;
    assertThat(mid.low()).isCloseTo(-50 - reach, within(0.1));
    assertThat(mid.high()).isCloseTo(-50 + reach, within(0.1));
    assertThat(bars.getLast()).isEqualTo(new Plots.Bar("low", -100, -100, -100));
  }

  @Test
  void aDifferenceWithoutAnErrorHasNoBar() {
    RankingView view =
        group(
            List.of(
                entry(SmallRuns.record("a"), SmallRuns.items("charts", 1)),
                entry(SmallRuns.record("b"), SmallRuns.items("charts", 0))));
    assertThat(view.bars()).isEmpty();
    PairCell cell = view.pairwise().rows().getFirst().cells().getFirst();
    assertThat(cell.value()).isEqualTo("-100.0");
    assertThat(cell.interval()).isEmpty();
  }

  @Test
  void everyTwoOfThreeHaveACellAndAPage() {
    RankingView view = group(List.of(entry("top", 12), entry("mid", 6), entry("low", 0)));
    assertThat(view.pairwise().columns()).containsExactly("top", "mid");
    List<PairRow> rows = view.pairwise().rows();
    assertThat(rows.stream().map(PairRow::name)).containsExactly("mid", "low");
    assertThat(rows.get(0).cells().get(0).value()).isEqualTo("-50.0");
    assertThat(rows.get(0).cells().get(0).label()).contains("mid", "top");
    assertThat(rows.get(0).cells().get(0).page()).isEqualTo("compare/slug-mid~slug-top/index.html");
    assertThat(rows.get(0).cells().get(1)).isEqualTo(new PairCell("", "", "", ""));
    assertThat(rows.get(1).cells().get(0).value()).isEqualTo("-100.0");
    assertThat(rows.get(1).cells().get(0).interval()).isEqualTo("[-100.0, -100.0]");
    assertThat(rows.get(1).cells().get(1).value()).isEqualTo("-50.0");
    assertThat(view.pairPages())
        .containsExactly(
            new PairPage("slug-mid", "slug-top"),
            new PairPage("slug-low", "slug-top"),
            new PairPage("slug-low", "slug-mid"));
    assertThat(view.pairPages().getFirst().folder()).isEqualTo("compare/slug-mid~slug-top");
  }

  @Test
  void ofEightEveryTwoHaveAPageAndOfNineOnlyNeighboursAndTheBest() {
    assertThat(group(many(8)).pairPages()).hasSize(28);
    RankingView nine = group(many(9));
    assertThat(nine.pairPages()).hasSize(15); // one of the second, two of each after it
    assertThat(nine.pairPages())
        .contains(new PairPage("slug-r2", "slug-r0"), new PairPage("slug-r2", "slug-r1"))
        .contains(new PairPage("slug-r8", "slug-r0"), new PairPage("slug-r8", "slug-r7"))
        .doesNotContain(new PairPage("slug-r8", "slug-r6"));
    List<PairCell> last = nine.pairwise().rows().getLast().cells();
    assertThat(last.get(6).page()).isEmpty();
    assertThat(last.get(6).value()).isEqualTo("-16.7"); // 2 of 12
    assertThat(last.get(7).page()).isNotEmpty();
  }

  private static List<Entry> many(int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry("r" + i, 12 - i));
    }
    return entries;
  }

  private static Entry entry(String name, int right) {
    return entry(record(name, SmallRuns.CAPTIONER, "official", "s"), graded(right));
  }

  private static Entry entry(RunRecord record, List<ItemResult> items) {
    RunData run = SmallRuns.run(record, items, List.of());
    return new Entry("slug-" + record.name(), record, run.summary(), ScoredQuestion.of(items));
  }

  /// Right on the first so many of twelve images.
  private static List<ItemResult> graded(int right) {
    double[] scores = new double[12];
    Arrays.fill(scores, 0, right, 1);
    return SmallRuns.items("charts", scores);
  }

  private static RunRecord record(
      String name, ModelIdentity captioner, String mode, String checksum) {
    return SmallRuns.record(
        name,
        captioner,
        SmallRuns.ANSWERER,
        SmallRuns.protocol("d", "p", 1, "chat", mode),
        TrialCounts.ONCE,
        List.of(SmallRuns.dataset("charts", checksum, 12)),
        SmallRuns.MACHINE);
  }

  private static RankingView group(List<Entry> entries) {
    return RankingView.groups(entries).getFirst();
  }
}

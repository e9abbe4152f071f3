package dev.refract.harness.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which rows of numbers are paired with the labels below them, and which stay as they were read.
class LabelledColumnsTest {

  private static Reading at(double x, double y, String text) {
    return new Reading(new TextBox(x, y, 30, 10, 0), text, 0.9);
  }

  private static List<List<String>> paired(List<List<Reading>> rows) {
    return LabelledColumns.paired(rows).stream()
        .map(row -> row.stream().map(Reading::text).toList())
        .toList();
  }

  private static List<String> row(String... texts) {
    return List.of(texts);
  }

  private final List<Reading> fruits =
      List.of(at(100, 50, "Apples"), at(200, 50, "Pears"), at(300, 50, "Plums"));

  @Test
  void eachLabelStandsBeforeTheNumberAboveIt() {
    List<Reading> numbers = List.of(at(100, 20, "12"), at(201, 20, "7%"), at(298, 20, "$3.5K"));
    assertThat(paired(List.of(List.of(at(10, 0, "Sales")), numbers, fruits)))
        .containsExactly(
            row("Sales"), row("Apples", "12"), row("Pears", "7%"), row("Plums", "$3.5K"));
  }

  @Test
  void numbersAtSeveralHeightsArePairedToo() {
    assertThat(
            paired(
                List.of(
                    List.of(at(200, 5, "30")),
                    List.of(at(100, 20, "12"), at(300, 20, "9")),
                    fruits)))
        .containsExactly(row("Apples", "12"), row("Pears", "30"), row("Plums", "9"));
  }

  @Test
  void aNumberOnHalfTheDistanceBelongsToItsLabelAndOneFurtherIsATick() {
    List<Reading> numbers = List.of(at(100, 20, "12"), at(200, 20, "7"), at(350, 20, "9"));
    assertThat(paired(List.of(numbers, fruits)))
        .containsExactly(row("Apples", "12"), row("Pears", "7"), row("Plums", "9"));
    List<Reading> far = List.of(at(100, 20, "12"), at(200, 20, "7"), at(351, 20, "9"));
    assertThat(paired(List.of(far, fruits)))
        .containsExactly(row("12", "7", "9"), row("Apples", "Pears", "Plums"));
  }

  @Test
  void ticksStandBeforeThePairsFromTopToBottom() {
    assertThat(
            paired(
                List.of(
                    List.of(at(10, 10, "100")),
                    List.of(
                        at(10, 20, "50"), at(100, 20, "12"), at(200, 20, "7"), at(300, 20, "9")),
                    List.of(at(10, 30, "0")),
                    fruits)))
        .containsExactly(
            row("100"),
            row("50"),
            row("0"),
            row("Apples", "12"),
            row("Pears", "7"),
            row("Plums", "9"));
  }

  @Test
  void aLabelWithoutANumberOrWithTwoLeavesAllAsItWas() {
    List<Reading> two = List.of(at(100, 20, "12"), at(200, 20, "7"));
    assertThat(paired(List.of(two, fruits)))
        .containsExactly(row("12", "7"), row("Apples", "Pears", "Plums"));
    List<Reading> four =
        List.of(at(90, 20, "1"), at(110, 20, "2"), at(200, 20, "7"), at(300, 20, "9"));
    assertThat(paired(List.of(four, fruits)))
        .containsExactly(row("1", "2", "7", "9"), row("Apples", "Pears", "Plums"));
    assertThat(paired(List.of(fruits))).containsExactly(row("Apples", "Pears", "Plums"));
  }

  @Test
  void aRowWithAWordEndsTheRowsOfNumbers() {
    List<Reading> numbers = List.of(at(100, 20, "12"), at(200, 20, "7"), at(300, 20, "9"));
    List<Reading> mixed = List.of(at(100, 10, "12"), at(200, 10, "in all"));
    assertThat(paired(List.of(mixed, numbers, fruits)))
        .containsExactly(
            row("12", "in all"), row("Apples", "12"), row("Pears", "7"), row("Plums", "9"));
    assertThat(paired(List.of(numbers, mixed, fruits)))
        .containsExactly(row("12", "7", "9"), row("12", "in all"), row("Apples", "Pears", "Plums"));
  }

  @Test
  void oneLabelAloneIsNoRowOfLabels() {
    assertThat(paired(List.of(List.of(at(100, 20, "12")), List.of(at(100, 50, "Apples")))))
        .containsExactly(row("12"), row("Apples"));
  }

  @Test
  void twoLabelsAreEnough() {
    assertThat(
            paired(
                List.of(
                    List.of(at(100, 20, "12"), at(200, 20, "7")),
                    List.of(at(100, 50, "Apples"), at(200, 50, "Pears")))))
        .containsExactly(row("Apples", "12"), row("Pears", "7"));
  }

  private static List<List<String>> above(String a, String b, String c) {
    return paired(
        List.of(
            List.of(at(100, 20, "12"), at(200, 20, "7"), at(300, 20, "9")),
            List.of(at(100, 50, a), at(200, 50, b), at(300, 50, c))));
  }

  @Test
  void evenlySpacedNumbersAreLabels() {
    assertThat(above("2010", "2012", "2014"))
        .containsExactly(row("2010", "12"), row("2012", "7"), row("2014", "9"));
    assertThat(above("1", "2", "3")).containsExactly(row("1", "12"), row("2", "7"), row("3", "9"));
  }

  @Test
  void numbersOfNoEvenRiseAreNone() {
    for (List<String> labels :
        List.of(
            List.of("2010", "2012", "2013"),
            List.of("2014", "2012", "2010"),
            List.of("5", "5", "5"),
            List.of("10000", "10001", "10002"),
            List.of("1.0", "2.0", "3.0"),
            List.of("2010", "2012", "later"))) {
      assertThat(above(labels.get(0), labels.get(1), labels.get(2)))
          .containsExactly(row("12", "7", "9"), labels);
    }
  }

  @Test
  void twoNumbersAreNoLabels() {
    assertThat(
            paired(
                List.of(
                    List.of(at(100, 20, "12"), at(200, 20, "7")),
                    List.of(at(100, 50, "2010"), at(200, 50, "2011")))))
        .containsExactly(row("12", "7"), row("2010", "2011"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5", "-5", "+5", "~5", "<5", ">5", "$5", "€ 5", "£5", "5%", "5 %", "5K", "5m", "1,234.5",
        "12:30"
      })
  void theseAreNumbers(String text) {
    assertThat(
            paired(
                List.of(
                    List.of(at(100, 20, text), at(200, 20, "7")),
                    List.of(at(100, 50, "Apples"), at(200, 50, "Pears")))))
        .containsExactly(row("Apples", text), row("Pears", "7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "five", "5 kg", "5%%", "--5", ".5", "5/6", "5T", "Q1"})
  void theseAreNone(String text) {
    assertThat(
            paired(
                List.of(
                    List.of(at(100, 20, text), at(200, 20, "7")),
                    List.of(at(100, 50, "Apples"), at(200, 50, "Pears")))))
        .containsExactly(row(text, "7"), row("Apples", "Pears"));
  }
}

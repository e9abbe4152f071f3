package dev.refract.harness.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadingOrderTest {

  @Test
  void piecesThatShareTheirHeightShareALine() {
    assertThat(
            ReadingOrder.transcript(
                List.of(at(300, 101, "41"), at(80, 100, "Kenya"), at(100, 20, "Title"))))
        .isEqualTo("Title\nKenya  41");
  }

  @Test
  void theOrderInWhichPiecesWereFoundDoesNotMatter() {
    List<Reading> pieces =
        new ArrayList<>(
            List.of(
                at(100, 20, "Ages"),
                at(60, 60, "Mali"),
                at(200, 61, "16"),
                at(300, 59, "47"),
                at(60, 90, "Niger"),
                at(200, 90, "15"),
                at(300, 91, "50")));
    String expected = ReadingOrder.transcript(pieces);
    assertThat(expected).isEqualTo("Ages\nMali  16  47\nNiger  15  50");
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(pieces, new Random(seed));
      assertThat(ReadingOrder.transcript(pieces)).isEqualTo(expected);
    }
  }

  @Test
  void aValueAboveItsLabelIsReadAfterIt() {
    assertThat(
            ReadingOrder.transcript(
                List.of(
                    at(50, 40, "13:32"),
                    at(150, 80, "+ 7%"),
                    at(250, 60, "9"),
                    at(50, 200, "Red"),
                    at(150, 200, "Green"),
                    at(250, 200, "Blue"))))
        .isEqualTo("Red 13:32\nGreen + 7%\nBlue 9");
  }

  @Test
  void yearsBelowACurveAreItsLabels() {
    assertThat(
            ReadingOrder.transcript(
                List.of(
                    at(50, 40, "120"),
                    at(150, 80, "70"),
                    at(250, 60, "90"),
                    at(50, 200, "2019"),
                    at(150, 200, "2020"),
                    at(250, 200, "2021"))))
        .isEqualTo("2019 120\n2020 70\n2021 90");
  }

  @Test
  void aTableOfNumbersIsNotARowOfLabels() {
    assertThat(
            ReadingOrder.transcript(
                List.of(
                    at(50, 40, "12"),
                    at(150, 40, "7"),
                    at(250, 40, "9"),
                    at(50, 80, "3"),
                    at(150, 80, "15"),
                    at(250, 80, "8"))))
        .isEqualTo("12  7  9\n3  15  8");
  }

  @Test
  void verticalTextComesLast() {
    Reading axis = new Reading(new TextBox(10, 50, 80, 14, -Math.PI / 2), "tonnes", 1);
    assertThat(ReadingOrder.transcript(List.of(axis, at(100, 20, "Title"), at(100, 60, "Body"))))
        .isEqualTo("Title\nBody\ntonnes");
  }

  private static Reading at(double x, double y, String text) {
    return new Reading(new TextBox(x, y, 8 * text.length(), 16, 0), text, 1);
  }
}

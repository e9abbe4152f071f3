package dev.refract.harness.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Python's rules for texts and numbers; the expected values are what CPython gives.
class PythonTextTest {

  /// The characters for which `str.isspace()` holds, all that there are.
  private static final String SPACES =
      "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004"
          + "\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "7,7",
    "-7,-7",
    "+7,7",
    "12.5,12.5",
    "-12.5,-12.5",
    "5.,5",
    ".5,0.5",
    "-.5,-0.5",
    "+.5,0.5",
    "1e3,1000",
    "1E+3,1000",
    "1e-3,0.001",
    "1.5e1_0,15000000000",
    "1_000,1000",
    "1_0.2_5,10.25",
    "007,7",
    "0.1,0.1",
    "123456789012345,123456789012345",
    "12345678901234.5,12345678901234.5",
    "1234567890123456,1234567890123456",
    "0.3000000000000000444,0.30000000000000004",
    "9007199254740993,9007199254740992",
    "1e999,Infinity",
    "-1e999,-Infinity",
    "inf,Infinity",
    "-inf,-Infinity",
    "+Infinity,Infinity",
    "iNfInItY,Infinity",
    "nan,NaN",
    "-NaN,NaN",
    "+nan,NaN",
    "٣٫٥,",
    "٣٥,35",
    "१.५,1.5",
    "1٥,15",
    "𝟙𝟚,12"
  })
  void whatPythonTakesForANumber(String text, Double value) {
    if (value == null) {
      assertThat(PythonText.toFloat(text)).isEmpty();
    } else {
      assertThat(PythonText.toFloat(text).orElseThrow()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1.2.3",
        "1,000",
        "1 000",
        "--1",
        "+-1",
        "0x10",
        "1d",
        "1f",
        "5%",
        "$5",
        "_1",
        "1_",
        "1__0",
        "1_.5",
        "1._5",
        "1e_5",
        "1_e5",
        "infi",
        "infinit",
        "inf inity",
        "nano",
        "five",
        "N",
        "½",
        "²",
        "1.e.5",
        "NaN(1)",
        "0x1p3",
        "-in"
      })
  void whatPythonTakesForNone(String text) {
    assertThat(PythonText.toFloat(text)).isEmpty();
  }

  @Test
  void aNegativeZeroIsOne() {
    assertThat(PythonText.toFloat("-0").orElseThrow()).isEqualTo(-0.0);
    assertThat(1 / PythonText.toFloat("-0.0").orElseThrow()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(1 / PythonText.toFloat("0").orElseThrow()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void everyDecimalIsRoundedAsTheLanguageRoundsIt() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String digits =
          random
              .ints(1 + random.nextInt(18), 0, 10)
              .mapToObj(String::valueOf)
              .collect(Collectors.joining());
      int point = random.nextInt(digits.length() + 1);
      String text =
          (random.nextBoolean() ? "-" : "")
              + digits.substring(0, point)
              + "."
              + digits.substring(point);
      assertThat(PythonText.toFloat(text).orElseThrow())
          .as(text)
          .isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void blanksAroundANumberOrAWordGo() {
    assertThat(PythonText.toFloat(SPACES + "1.5").isEmpty())
        .isEqualTo(SPACES.matches("(?s).*[\\x1c-\\x1f].*"));
    assertThat(PythonText.toFloat("\t\u2003 1.5\u00a0\n").orElseThrow()).isEqualTo(1.5);
    assertThat(PythonText.toFloat("1.5\u001c")).isEmpty(); // strip() removes it, float() does not
    assertThat(PythonText.strip(SPACES + "a b" + SPACES)).isEqualTo("a b");
    assertThat(PythonText.strip(SPACES)).isEmpty();
    assertThat(PythonText.strip("")).isEmpty();
    assertThat(PythonText.strip("x")).isEqualTo("x");
  }

  @Test
  void noOtherCharacterIsABlank() {
    String stripped =
        IntStream.rangeClosed(0, 0xffff)
            .filter(c -> PythonText.strip(String.valueOf((char) c)).isEmpty())
            .mapToObj(c -> String.valueOf((char) c))
            .collect(Collectors.joining());
    assertThat(stripped).isEqualTo(SPACES);
  }

  @Test
  void runsOfBlanksBecomeOneSpace() {
    for (char space : SPACES.toCharArray()) {
      assertThat(PythonText.collapse("a" + space + "b")).isEqualTo("a b");
      assertThat(PythonText.collapse("a " + space + " b")).isEqualTo("a b");
      assertThat(PythonText.collapse(space + "a")).isEqualTo("a");
      assertThat(PythonText.collapse("a" + space)).isEqualTo("a");
      assertThat(PythonText.collapse(String.valueOf(space))).isEmpty();
    }
    assertThat(PythonText.collapse("")).isEmpty();
    assertThat(PythonText.collapse("  a  b c ")).isEqualTo("a b c");
  }

  @Test
  void aTextThatIsCollapsedStaysAsItIs() {
    for (String text : Arrays.asList("a", "a b c", "\u0001", "a\u007fb", "größer als", "\u200b")) {
      assertThat(PythonText.collapse(text)).isEqualTo(text);
    }
  }

  @Test
  void aMarkGoesFromBothEndsOrFromOne() {
    assertThat(PythonText.strip("..a.b..", '.')).isEqualTo("a.b");
    assertThat(PythonText.strip("....", '.')).isEmpty();
    assertThat(PythonText.strip("ab", '.')).isEqualTo("ab");
    assertThat(PythonText.strip(".a", '.')).isEqualTo("a");
    assertThat(PythonText.strip("a.", '.')).isEqualTo("a");
    assertThat(PythonText.stripEnd("..a..", '.')).isEqualTo("..a");
    assertThat(PythonText.stripEnd("..", '.')).isEmpty();
    assertThat(PythonText.stripEnd("", '.')).isEmpty();
  }

  @Test
  void lowerCaseDependsOnNoCountry() {
    assertThat(PythonText.lower("TITLE ÄÖ")).isEqualTo("title äö");
    assertThat(PythonText.lower("ΟΔΟΣ")).isEqualTo("οδος");
  }

  @ParameterizedTest
  @CsvSource({"'',0", "abc,3", "ß,2", "aß,3", "é,1", "ﬃ,3", "😀,1", "a😀b,3", "𐐨,1"})
  void theLengthIsThatOfTheCodePointsInUpperCase(String text, int length) {
    assertThat(PythonText.upperLength(text)).isEqualTo(length);
  }
}

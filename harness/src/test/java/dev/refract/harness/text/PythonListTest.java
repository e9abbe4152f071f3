package dev.refract.harness.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists, texts and numbers as CPython's `repr`, `str` and `ast.literal_eval` have them.
class PythonListTest {

  private static void assertList(String text, String... elements) {
    assertThat(PythonList.parse(text)).as(text).hasValue(List.of(elements));
  }

  @Test
  void listsOfTexts() {
    assertList("[]");
    assertList("[ ]");
    assertList("['a']", "a");
    assertList("['a', \"b\"]", "a", "b");
    assertList("['a','b',]", "a", "b");
    assertList("  [ 'a' , 'b' ]\n", "a", "b");
    assertList("['']", "");
    assertList("[\"it's\", 'say \"x\"']", "it's", "say \"x\"");
    assertList("['a]b', 'c,d']", "a]b", "c,d");
  }

  @Test
  void textsThatStandBesideEachOtherAreOne() {
    assertList("['a' 'b', 'c']", "ab", "c");
    assertList("['a'\n\"b\"'c']", "abc");
  }

  @Test
  void escapesAreRead() {
    assertList("['a\\nb\\tc\\rd']", "a\nb\tc\rd");
    assertList("['it\\'s \\\"x\\\" \\\\']", "it's \"x\" \\");
    assertList("['\\x41\\u00e9\\U0001F600']", "Aé😀");
    assertList("['\\U0010ffff']", "\udbff\udfff");
    assertList("['\\q\\d']", "\\q\\d");
  }

  @Test
  void numbersBecomeWhatStrMakesOfThem() {
    assertList("[1, -2, +3, 1_000]", "1", "-2", "3", "1000");
    assertList("[-0, 0]", "0", "0");
    assertList("[123456789012345678901234567890]", "123456789012345678901234567890");
    assertList(
        "[1.0, 1., .5, 2.50, 1e3, 1E-2, -1.5e+2]",
        "1.0",
        "1.0",
        "0.5",
        "2.5",
        "1000.0",
        "0.01",
        "-150.0");
    assertList("[True, False, None]", "True", "False", "None");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "[",
        "]",
        "[a]",
        "['a'",
        "'a']",
        "['a' b]",
        "[,]",
        "['a',,'b']",
        "['a'] ['b']",
        "['a']]",
        "['a",
        "['a]",
        "['a\\']",
        "['a' 3]",
        "[3 'a']",
        "[1 2]",
        "[true]",
        "[e5]",
        "[1e]",
        "[.]",
        "[-]",
        "[1.2.3]",
        "['a'.b]",
        "('a')"
      })
  void whatIsNoListOfTextsAndNumbers(String text) {
    assertThat(PythonList.parse(text)).isEmpty();
  }

  @Test
  void numbersThatPythonRefuses() {
    assertThat(PythonList.parse("[007]")).isEmpty();
    assertThat(PythonList.parse("[1_]")).isEmpty();
    assertThat(PythonList.parse("[1__0]")).isEmpty();
  }

  @Test
  void anIncompleteEscapeIsNoLiteral() {
    for (String escape : List.of("\\x4", "\\xzz", "\\u12", "\\U00110000", "\\N{no such name}")) {
      assertThat(PythonList.parse("['" + escape + "']")).as(escape).isEmpty();
    }
  }

  @Test
  void whateverLiteralsAListHasAreWrittenAsStrWritesThem() {
    assertList("[['a', 1], (2,), {}, {'k': None}]", "['a', 1]", "(2,)", "{}", "{'k': None}");
    assertList("[0x10, 0b11, 0o17, 1j, 1+2j, -5]", "16", "3", "15", "1j", "(1+2j)", "-5");
    assertList("[(5), ((6)), set(), ..., b'x']", "5", "6", "set()", "Ellipsis", "b'x'");
    assertList("[r'\\d', u'a', '\\N{DEGREE SIGN}', '\\101']", "\\d", "a", "°", "A");
    assertList("['''it's''', \"\"\"a\nb\"\"\"]", "it's", "a\nb");
    assertList("[1, # one\n 2,\n]", "1", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['a\nb']",
        "[f'a']",
        "['a' b'b']",
        "[--5]",
        "[009]",
        "[0x]",
        "[{'a', 'b'}]",
        "[{[]: 1}]",
        "[a()]",
        "[1] # c\n[2]",
        "['\0']",
        "[1\u00a0]"
      })
  void whatPythonRefusesOrPrintsDifferentlyEachTime(String text) {
    assertThat(PythonList.parse(text)).isEmpty();
  }

  @Test
  void aListIsWrittenAsPythonWritesIt() {
    assertThat(PythonList.repr(List.of())).isEqualTo("[]");
    assertThat(PythonList.repr(List.of("a", "b c"))).isEqualTo("['a', 'b c']");
    assertThat(PythonList.repr(List.of("it's"))).isEqualTo("[\"it's\"]");
    assertThat(PythonList.repr(List.of("say \"x\""))).isEqualTo("['say \"x\"']");
    assertThat(PythonList.repr(List.of("it's \"x\""))).isEqualTo("['it\\'s \"x\"']");
    assertThat(PythonList.repr(List.of("a\\b\nc\td\re"))).isEqualTo("['a\\\\b\\nc\\td\\re']");
    assertThat(PythonList.repr(List.of("Größe 数 😀"))).isEqualTo("['Größe 数 😀']");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Random random = new Random(5);
    String letters = "ab'\"\\\n\t\r,][ xuUé😀0";
    for (int i = 0; i < 5_000; i++) {
      List<String> texts =
          random
              .ints(random.nextInt(4), 0, 6)
              .mapToObj(length -> {
                StringBuilder text = new StringBuilder();
                random
                    .ints(length, 0, letters.length())
                    .forEach(at -> text.append(letters.charAt(at)));
                return text.toString();
              })
              .toList();
      assertThat(PythonList.parse(PythonList.repr(texts))).hasValue(texts);
    }
  }

  @Test
  void unprintableCharactersAreEscaped() {
    assertThat(PythonList.repr(List.of("a\u0001b\u007f\u00a0\u200b")))
        .isEqualTo("['a\\x01b\\x7f\\xa0\\u200b']");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0",
    "1,1.0",
    "-1,-1.0",
    "0.5,0.5",
    "0.1,0.1",
    "100,100.0",
    "12345678,12345678.0",
    "12345678.25,12345678.25",
    "1e15,1000000000000000.0",
    "9999999999999998,9999999999999998.0",
    "1e16,1e+16",
    "-1e16,-1e+16",
    "1.5e16,1.5e+16",
    "1e22,1e+22",
    "1e100,1e+100",
    "1.5e-100,1.5e-100",
    "0.001,0.001",
    "0.00012,0.00012",
    "0.30000000000000004,0.30000000000000004",
    "NaN,nan",
    "Infinity,inf",
    "-Infinity,-inf"
  })
  void aNumberIsWrittenAsPythonWritesIt(double value, String text) {
    assertThat(PythonList.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.0001,0.0001", "0.0005,0.0005", "-0.0009,-0.0009"})
  void aSmallNumberOfOneDigitHasNoZeroAtItsEnd(double value, String text) {
    assertThat(PythonList.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.00001,1e-05", "0.000015,1.5e-05", "-0.00002,-2e-05"})
  void anExponentHasTwoDigitsAtLeast(double value, String text) {
    assertThat(PythonList.text(value)).isEqualTo(text);
  }

  @Test
  void aNegativeZeroKeepsItsSign() {
    assertThat(PythonList.text(-0.0)).isEqualTo("-0.0");
  }
}

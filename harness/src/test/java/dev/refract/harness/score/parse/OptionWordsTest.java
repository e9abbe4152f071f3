package dev.refract.harness.score.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options whose own words look like denials, letters, signs or statements.
class OptionWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "Yes|No#The answer is (B) No#B",
        "Yes|No#Answer: B. No#B",
        "Yes|No#Option B: No#B",
        "Yes|No#B. No#B",
        "True|False#The answer is B. False.#B",
        "True|False#The answer is B (False)#B",
        "True|False#**A. True** is one reading, but the correct answer is **B. False**.#B",
        "1|2|3|Cannot be determined#Answer: D. Cannot be determined#D",
        "-2|2|-4|4#A. -2#A",
        "-2|2|-4|4#The answer is A: -2#A",
        "-2|2|-4|4#\\boxed{A. -2}#A",
        "-2|2|-4|4#Answer: C) -4#C",
        "-2|2|-4|4#x = -2#-",
        "<5|>5|5|~5#(B) >5#B",
        "I. Newton|A. Einstein|B. Pascal|C. Darwin#C. Darwin#D",
        "S. aureus|E. coli|B. subtilis|P. putida#B. subtilis#C",
        "A minor|G major|D minor|C major#The answer is C major.#D",
        "Yes|No|Unanswerable#Unanswerable#C",
        "Yes|No|Unanswerable#The answer is: Unanswerable#C",
        "Both A and B|Only A|Only B|Neither A nor B#A. Both A and B#A",
        "Both A and B|Only A|Only B|Neither A nor B#The answer is (A) Both A and B#A",
        "<b>x</b>|y#A. <b>x</b>#A",
        "Mali|Niger|Chad|Benin#<answer>A</answer>\\n\\nThe answer is C.#-",
        "Mali|Niger|Chad|Benin#The answer is Mali. C is correct.#-",
        "Mali|Niger|Chad|Benin#A is correct. The answer is Chad.#-",
        "Mali|Niger|Chad|Benin#Final answer: A\\nC) Chad#-",
        "Mali|Niger|Chad|Benin#**A**\\n\\nC. Chad#-",
        "Mali|Niger|Chad|Benin#答案不是A，而是B#B",
        "Mali|Niger|Chad|Benin#我认为是B#B",
        "Mali|Niger|Chad|Benin#B번#B",
        "Mali|Niger|Chad|Benin#Nicht A, sondern B.#B",
        "Mali|Niger|Chad|Benin#The answer is not A but B.#B",
        "Mali|Niger|Chad|Benin#\\boxed{\\bf B}#B",
        "Mali|Niger|Chad|Benin#\\boxed{\\color{red}{B}}#B",
        "Mali|Niger|Chad|Benin#B✅#B",
        "Mali|Niger|Chad|Benin#I would rule out A, B and C, leaving D.#D",
        "Mali|Niger|Chad|Benin#The answer is Mali because its bar is longest.#A",
        "Mali|Niger|Chad|Benin#The answer is not Mali.#-",
      })
  void anOptionsOwnWordsDoNotChangeWhichLetterIsRead(String options, String reply, String letter) {
    Parsed parsed = AnswerParser.choice(reply.replace("\\n", "\n"), List.of(options.split("\\|")));
    String found = parsed instanceof Parsed.Answer(String text) ? text : "-";
    assertThat(found).as(reply).isEqualTo(letter);
  }
}

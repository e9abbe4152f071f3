package dev.refract.manifest.mini;

import java.util.List;

/// One image of the mini suite: its description, its questions, and how it is drawn.
///
/// @param id file name without its extension, unique in the suite
/// @param category `chart`, `document` or `infographic`
/// @param description every fact in the image; the caption of the `reference` control
/// @param width pixels
/// @param height pixels
record Figure(
    String id,
    String category,
    String description,
    List<Task> tasks,
    int width,
    int height,
    Drawing drawing) {

  /// Paints the figure on a white canvas of the figure's size.
  @FunctionalInterface
  interface Drawing {
    void on(Ink ink);
  }

  /// A question with its gold answers; `choices` is empty unless the answer is a letter.
  ///
  /// @param group `text`, `number`, `choice` or `two_values`
  /// @param metric name of the metric that scores it
  record Task(
      String group, String metric, String question, List<String> choices, List<String> answers) {

    static Task text(String question, String... answers) {
      return new Task("text", "anls", question, List.of(), List.of(answers));
    }

    static Task number(String question, int answer) {
      return new Task("number", "relaxed_accuracy", question, List.of(), List.of("" + answer));
    }

    static Task twoValues(String question, int answer) {
      return new Task("two_values", "relaxed_accuracy", question, List.of(), List.of("" + answer));
    }

    static Task choice(String question, List<String> choices, String right) {
      char letter = (char) ('A' + choices.indexOf(right));
      return new Task("choice", "choice", question, choices, List.of(String.valueOf(letter)));
    }
  }
}

package dev.refract.harness.plugin;

/// An answerer of your own: `--answerer java:class=com.example.Mine,jar=mine.jar`. It sees the
/// caption and the question, and never the image.
///
/// The class needs a public constructor without parameters. Calls come from one thread. Answers are
/// cached by the checksum of the jar.
@FunctionalInterface
public interface TextResponder {

  /// @param instruction the protocol's instruction; empty when it has none
  /// @param prompt caption, question and options as the protocol words them
  /// @return the reply
  /// @throws Exception when there is no reply; it is journalled as a failure with this message
  String answer(String instruction, String prompt) throws Exception;
}

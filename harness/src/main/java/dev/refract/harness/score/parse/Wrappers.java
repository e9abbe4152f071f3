package dev.refract.harness.score.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The marks in which models are trained to give an answer: tags, special tokens, boxes, JSON.
final class Wrappers {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern TAG =
      Pattern.compile(
          "<(answer|final[_"
              + " ]?answer|final|solution|conclusion|ans|choice|option|response|result)>\\s*(.*?)\\s*(?:</\\1>|\\z)",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKENS =
      Pattern.compile(
          "(?:<\\|begin_of_(?:box|solution)\\|>|<\\|start_response\\|>|\\[begin final"
              + " response\\])\\s*(.*?)\\s*(?:<\\|end_of_(?:box|solution)\\|>|<\\|end_response\\|>|\\[end"
              + " final response\\]|\\z)",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern HASHES = Pattern.compile("(?:^|\\n)\\s*####\\s*([^\\n]+?)\\s*\\z");
  private static final Pattern FENCE =
      Pattern.compile("\\A\\s*```(?:[a-zA-Z]*\\n)?\\s*(.*?)\\s*```\\s*\\z", Pattern.DOTALL);
  private static final Pattern ANY_FENCE =
      Pattern.compile("```[a-zA-Z]*\\s*(\\{.*?\\})\\s*```", Pattern.DOTALL);
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox|framebox)\\s*\\{");
  private static final Pattern FORMATTED =
      Pattern.compile(
          "\\\\(?:text|textbf|textit|textrm|underline|mathbf|mathrm|mathit|mathsf|rm|bf|emph|operatorname)\\s*\\{([^{}]*)\\}");
  private static final Pattern FONT_SWITCH =
      Pattern.compile(
          "\\\\(?:(?:bf|it|rm|sf|tt|displaystyle|large|Large)(?!\\p{L}|\\s*\\{)|color\\s*\\{[^{}]*\\})\\s*");
  private static final List<String> KEYS =
      List.of(
          "answer",
          "final_answer",
          "finalanswer",
          "correct_answer",
          "choice",
          "option",
          "response",
          "result",
          "prediction",
          "final",
          "letter",
          "label");

  private static final Pattern TURN_END =
      Pattern.compile(
          "</s>|<\\|(?:im_end|endoftext|eot_id|end|end_of_turn|eom_id)\\|>|<end_of_turn>|<(?:eos|end_of_utterance)>"
              + "|\\n\\s*(?:#{2,}\\s*)?(?:Question|Instruction|Human|User|Input)\\s*\\d{0,3}\\s*:");
  private static final Pattern MARKUP =
      Pattern.compile(
          "(?i)</?(?:b|i|u|strong|em|code|span|p|br|sup|sub|s)\\s*/?>|\\[/?INST\\]|<\\|(?:assistant|user|system|start_header_id|end_header_id)\\|>|~~[^~\\n]{1,40}~~");

  private Wrappers() {}

  /// The contents of what can only be the answer: tags, special tokens, a field of JSON, the line
  /// that GSM8K ends with. Empty when there is none.
  static List<String> sealed(String text) {
    List<String> contents = new ArrayList<>();
    json(text).ifPresent(contents::add);
    if (contents.isEmpty()) {
      find(TAG, 2, text, contents);
      find(TOKENS, 1, text, contents);
      find(HASHES, 1, text, contents);
    }
    return contents;
  }

  private static void find(Pattern pattern, int group, String text, List<String> contents) {
    Matcher found = pattern.matcher(text);
    while (found.find()) {
      contents.add(found.group(group));
    }
  }

  /// The contents of the outermost boxes, without boxes inside them.
  static List<String> boxes(String text) {
    List<String> boxes = new ArrayList<>();
    Matcher box = BOX.matcher(text);
    int at = 0;
    while (box.find(at)) {
      int end = closing(text, box.end());
      if (end < 0) {
        return boxes;
      }
      String content = text.substring(box.end(), end).strip();
      List<String> inner = boxes(content);
      boxes.add(inner.size() == 1 ? inner.getFirst() : content);
      at = end;
    }
    return boxes;
  }

  /// Index of the brace that closes the one before `from`, or -1.
  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// The answer of a reply that is a JSON object, or contains one in a code fence.
  private static Optional<String> json(String text) {
    Matcher fenced = ANY_FENCE.matcher(text);
    String body = (fenced.find() ? fenced.group(1) : text).strip();
    boolean isList = body.startsWith("[{") && body.endsWith("}]");
    if (!isList && !(body.startsWith("{") && body.endsWith("}")) || body.indexOf('"') < 0) {
      return Optional.empty();
    }
    try {
      JsonNode object = JSON.readTree(body);
      return answer(object.isArray() && object.size() == 1 ? object.get(0) : object);
    } catch (JacksonException _) {
      return Optional.empty(); // ordinary text in braces
    }
  }

  /// Whether the text is a JSON object.
  static boolean isJson(String text) {
    if (!text.startsWith("{") || !text.endsWith("}") || text.indexOf('"') < 0) {
      return false;
    }
    try {
      return JSON.readTree(text).isObject();
    } catch (JacksonException _) {
      return false;
    }
  }

  private static Optional<String> answer(JsonNode object) {
    if (object.path("final_answer").isValueNode() && object.hasNonNull("final_answer")) {
      return Optional.of(object.get("final_answer").asString());
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey().toLowerCase(Locale.ROOT).replace(' ', '_');
      JsonNode value = field.getValue();
      if (value.isArray() && value.size() == 1) {
        value = value.get(0);
      }
      if (KEYS.contains(key) && value.isObject()) {
        return answer(value);
      } else if (KEYS.contains(key) && value.isValueNode() && !value.isNull()) {
        return Optional.of(value.asString());
      }
    }
    return Optional.empty();
  }

  /// The text without LaTeX's commands for fonts.
  static String withoutFonts(String text) {
    String before;
    String after = text;
    do {
      before = after;
      if (after.indexOf('\\') >= 0) {
        after = FORMATTED.matcher(FONT_SWITCH.matcher(after).replaceAll("")).replaceAll("$1");
      }
    } while (!after.equals(before));
    return after;
  }

  /// The reply without the marks of chat templates and of HTML, and without what a model wrote
  /// after the end of its own turn.
  static String cleaned(String text) {
    if (text.indexOf('<') < 0
        && text.indexOf('\n') < 0
        && text.indexOf('~') < 0
        && text.indexOf('[') < 0) {
      return text;
    }
    Matcher end = TURN_END.matcher(text);
    String turn =
        end.find() && !text.substring(0, end.start()).isBlank()
            ? text.substring(0, end.start())
            : text;
    return MARKUP.matcher(turn).replaceAll("");
  }

  /// The content of a code fence around the whole text, or the text.
  static String withoutFence(String text) {
    Matcher fenced = text.startsWith("```") ? FENCE.matcher(text) : null;
    return fenced != null && fenced.matches() ? fenced.group(1) : text;
  }
}

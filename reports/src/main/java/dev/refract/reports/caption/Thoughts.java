package dev.refract.reports.caption;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A model's thoughts, separated from what it says. Models write them before their answer, between
/// marks that differ from family to family.
///
/// @param thoughts the text between the marks; empty when there is none
/// @param said the text without thoughts
/// @param closed whether the thoughts end; if not, the reply was cut before its answer
public record Thoughts(String thoughts, String said, boolean closed) {

  private record Marks(String open, String close) {}

  /// The marks in use, in lower case, with a family that uses them.
  private static final List<Marks> MARKS =
      List.of(
          new Marks("<think>", "</think>"), // Qwen3, DeepSeek, GLM, MiniMax
          new Marks("<thinking>", "</thinking>"), // prompted models
          new Marks("<thought>", "</thought>"), // Gemini's OpenAI-compatible API
          new Marks("<thoughts>", "</thoughts>"),
          new Marks("<reasoning>", "</reasoning>"), // Llama-Nemotron, Exaone
          new Marks("<seed:think>", "</seed:think>"), // Seed-OSS
          new Marks("<mm:think>", "</mm:think>"), // MiniMax-M3
          new Marks("<longcat_think>", "</longcat_think>"), // LongCat
          new Marks("[think]", "[/think]"), // Magistral
          new Marks("\u25c1think\u25b7", "\u25c1/think\u25b7"), // Kimi-VL
          new Marks("<|begin_of_thought|>", "<|end_of_thought|>"), // Sky-T1, OpenThinker
          new Marks("<|start_thinking|>", "<|end_thinking|>"), // Command A Reasoning
          new Marks("<|think_start|>", "<|think_end|>"),
          new Marks("<|thinking|>", "<|/thinking|>"),
          new Marks("<|think|>", "<|/think|>"),
          new Marks("<scratchpad>", "</scratchpad>"),
          new Marks("<reflection>", "</reflection>"),
          new Marks("<analysis>", "</analysis>"),
          new Marks("<reason>", "</reason>"),
          new Marks("<|channel>thought", "<channel|>"), // Gemma 4
          new Marks("<unused94>thought", "<unused95>"), // MedGemma
          new Marks("here is my thought process:", "here is my response:"), // Granite 3
          new Marks("here are my reasoning steps:", "[begin final response]"), // Apriel
          new Marks("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"), // gpt-oss
          new Marks("analysis", "assistantfinal")); // the same without special tokens

  /// gpt-oss without special tokens, cut before its answer.
  private static final Pattern CUT_ANALYSIS = Pattern.compile("\\s*analysis(?=\\p{Lu})");

  private static final List<String> ENDS = List.of("<|return|>", "<|end|>", "[end final response]");

  private static final List<String> HARMONY = List.of("<|start|>assistant", "<|start|>");

  public static Thoughts of(String reply) {
    if (!mayThink(reply)) {
      return new Thoughts("", reply, true);
    }
    String lower = lower(reply);
    for (Marks marks : MARKS) {
      int open = lower.indexOf(marks.open);
      int close = lower.lastIndexOf(marks.close);
      boolean wordy = Character.isLetter(marks.open.charAt(0));
      if (wordy && !(lower.strip().startsWith(marks.open) && close > open)) {
        continue; // ordinary words, unless both marks are where they must be
      }
      if (close >= 0) {
        return closed(reply, lower, marks, open, close);
      } else if (open >= 0 && (marks.equals(MARKS.getFirst()) || begins(reply, open))) {
        return unclosed(reply, marks, open);
      }
    }
    return CUT_ANALYSIS.matcher(reply).lookingAt()
        ? unclosed(reply, MARKS.getLast(), reply.indexOf(MARKS.getLast().open))
        : new Thoughts("", reply, true);
  }

  /// The text with small ASCII letters, at the same places: some other letters become two.
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return lower.toString();
  }

  /// Whether nothing stands before a mark; elsewhere in a text it may be quoted from a picture.
  private static boolean begins(String reply, int at) {
    String before = reply.substring(0, at);
    return before.isBlank() || HARMONY.contains(before.strip());
  }

  /// Most replies contain none of the characters with which marks begin.
  private static boolean mayThink(String reply) {
    if (reply.indexOf('<') >= 0 || reply.indexOf('[') >= 0 || reply.indexOf('\u25c1') >= 0) {
      return true;
    }
    String start = reply.substring(0, Math.min(40, reply.length())).strip();
    return start.regionMatches(true, 0, "analysis", 0, 8)
        || start.regionMatches(true, 0, "here ", 0, 5);
  }

  private static Thoughts closed(String reply, String lower, Marks marks, int open, int close) {
    int from = close + marks.close.length();
    int again = lower.indexOf(marks.open, from);
    String said = reply.substring(from, again < 0 ? reply.length() : again);
    String before = open >= 0 && open < close ? reply.substring(0, open) : "";
    String thoughts =
        reply.substring(open >= 0 && open < close ? open + marks.open.length() : 0, close);
    for (String start : HARMONY) {
      before = before.replace(start, "");
    }
    boolean complete = again < 0 || !said.isBlank();
    // Words before the thoughts belong to the answer only if nothing follows them.
    return new Thoughts(thoughts.strip(), ended(said.isBlank() ? before : said).strip(), complete);
  }

  private static Thoughts unclosed(String reply, Marks marks, int open) {
    String before = reply.substring(0, open);
    for (String start : HARMONY) {
      before = before.replace(start, "");
    }
    return new Thoughts(
        reply.substring(open + marks.open.length()).strip(), before.strip(), !before.isBlank());
  }

  private static String ended(String said) {
    String rest = said.strip();
    for (String end : ENDS) {
      if (rest.toLowerCase(Locale.ROOT).endsWith(end)) {
        rest = rest.substring(0, rest.length() - end.length()).strip();
      }
    }
    return rest;
  }

  /// Whether the text contains thoughts.
  public boolean exist() {
    return !thoughts.isEmpty() || !closed;
  }
}

package dev.refract.reports.render;

import java.util.regex.Pattern;

/// Text of datasets, models and users within Markdown that GitHub and GitLab render.
public final class Markdown {

  /// A zero-width space: what GitHub and GitLab link by how it looks, they link after escapes are
  /// resolved, so that only another character breaks it.
  private static final String BREAK = "&#8203;";

  /// `GH-12`, `JIRA-12`, `://`, `www.` and the other beginnings of links.
  private static final Pattern LINKED =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:[a-z][a-z0-9_]*-(?=[0-9])|www(?=[.])|(?:mailto|xmpp|tel)(?=:))"
              + "|:(?=//)|\\[(?=\\p{L})|\\*(?=iteration)");

  /// What may be a commit.
  private static final Pattern COMMIT =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}])[0-9a-f]{7,64}(?![\\p{L}\\p{N}])");

  private Markdown() {}

  /// The text as text, on one line: no markup, mention, reference, link, picture or tag of it has
  /// an effect, and it cannot end the table or the paragraph that it stands in.
  public static String escaped(String text) {
    String plain =
        LINKED.matcher(Texts.visible(text.replaceAll("\\s+", " "))).replaceAll("$0\u200b");
    plain = COMMIT.matcher(plain).replaceAll(hex -> hex.group().replaceAll(".{6}", "$0\u200b"));
    StringBuilder safe = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      safe.append(
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '$' -> "&#36;"; // formulas
            case '\u200b' -> BREAK;
            case '\\', '`', '*', '_', '{', '}', '[', ']', '#', '!', '|', '~', '^' -> "\\" + c;
            default -> String.valueOf(c);
          });
      boolean refers = "@#!~%$&".indexOf(c) >= 0;
      if (refers && i + 1 < plain.length() && begins(plain.charAt(i + 1))) {
        safe.append(BREAK);
      }
    }
    return safe.toString();
  }

  /// Whether a reference such as `@name`, `#12` or `~"a label"` may continue like this.
  private static boolean begins(char c) {
    return Character.isLetterOrDigit(c) || c == '"' || c == '_' || c == '/' || c == '-';
  }
}

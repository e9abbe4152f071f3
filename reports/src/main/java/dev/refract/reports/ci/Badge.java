package dev.refract.reports.ci;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateVerdict;

/// A badge for a README: the verdict in a word.
public final class Badge {

  private static final int LETTER_PIXELS = 7;
  private static final int PADDING_PIXELS = 10;

  private Badge() {}

  public static String of(GateReport report) {
    String right = report.verdict().name();
    String colour =
        switch (report.verdict()) {
          case GateVerdict.Pass _ -> "#2a7d3f";
          case GateVerdict.Regression _ -> "#b3261e";
          case GateVerdict.Inconclusive _ -> "#8a6100";
          case GateVerdict.Refused _ -> "#5f6368";
        };
    int left = width("refract");
    int whole = left + width(right);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="refract: %2$s">
      <title>refract: %2$s</title>
      <rect width="%1$d" height="20" rx="3" fill="#3c4043"/>
      <path d="M%3$d 0h%4$da3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-%4$dz" fill="%5$s"/>
      <g fill="#fff" font-family="Verdana,sans-serif" font-size="11" text-anchor="middle">
        <text x="%6$d" y="14">refract</text>
        <text x="%7$d" y="14">%2$s</text>
      </g>
    </svg>
    """
        .formatted(
            whole, right, left, whole - left - 3, colour, left / 2, left + (whole - left) / 2);
  }

  private static int width(String text) {
    return text.length() * LETTER_PIXELS + PADDING_PIXELS;
  }
}

package dev.refract.reports.ci;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateVerdict;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A testcase for each check: a regression is a failure, a refused check an error, and an
/// inconclusive check a failure or a skip, depending on the policy.
public final class JUnitXml {

  private JUnitXml() {}

  public static String of(GateReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute(
          "name", legal("refract gate: " + report.candidate() + " against " + report.baseline()));
      List<GateVerdict> verdicts = report.checks().stream().map(GateReport.Check::verdict).toList();
      xml.writeAttribute("tests", "" + verdicts.size());
      xml.writeAttribute(
          "failures",
          "" + verdicts.stream().filter(v -> element(v, report).equals("failure")).count());
      xml.writeAttribute(
          "errors", "" + verdicts.stream().filter(v -> element(v, report).equals("error")).count());
      xml.writeAttribute(
          "skipped",
          "" + verdicts.stream().filter(v -> element(v, report).equals("skipped")).count());
      xml.writeAttribute("time", "0");
      List<String> names = names(report.checks());
      for (int i = 0; i < names.size(); i++) {
        xml.writeCharacters("\n  ");
        testcase(xml, names.get(i), report.checks().get(i), report);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  /// A name for each check that no other has: CI systems take two of one name for one test. A name
  /// that several checks have gets their subjects, and a number where that is not enough.
  private static List<String> names(List<GateReport.Check> checks) {
    Map<String, Long> often =
        checks.stream()
            .collect(Collectors.groupingBy(GateReport.Check::name, Collectors.counting()));
    Set<String> taken = new LinkedHashSet<>();
    for (GateReport.Check check : checks) {
      String name =
          often.getOrDefault(check.name(), 0L) == 1
              ? check.name()
              : "%s (%s)".formatted(check.name(), subject(check));
      String unique = legal(name);
      for (int i = 2; !taken.add(unique); i++) {
        unique = legal(name) + " #" + i;
      }
    }
    return List.copyOf(taken);
  }

  private static String subject(GateReport.Check check) {
    return check.subject().name().toLowerCase(Locale.ROOT);
  }

  private static void testcase(
      XMLStreamWriter xml, String name, GateReport.Check check, GateReport report)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "refract." + subject(check));
    xml.writeAttribute("name", name);
    xml.writeAttribute("time", "0");
    String element = element(check.verdict(), report);
    if (element.isEmpty()) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(legal(check.line()));
      xml.writeEndElement();
    } else {
      xml.writeStartElement(element);
      xml.writeAttribute("message", legal(check.verdict().words()));
      if (!element.equals("skipped")) {
        xml.writeAttribute("type", check.verdict().name());
      }
      xml.writeCharacters(legal(check.line()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String element(GateVerdict verdict, GateReport report) {
    return switch (verdict) {
      case GateVerdict.Pass _ -> "";
      case GateVerdict.Regression _ -> "failure";
      case GateVerdict.Refused _ -> "error";
      case GateVerdict.Inconclusive _ -> report.failsInconclusive() ? "failure" : "skipped";
    };
  }

  /// The text without the characters that XML 1.0 cannot contain even escaped.
  static String legal(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .filter(c ->
            c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}

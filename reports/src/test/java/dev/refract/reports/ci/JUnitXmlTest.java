package dev.refract.reports.ci;

import static dev.refract.reports.ci.Reports.PASS;
import static dev.refract.reports.ci.Reports.REFUSED;
import static dev.refract.reports.ci.Reports.UNSURE;
import static dev.refract.reports.ci.Reports.WORSE;
import static dev.refract.reports.ci.Reports.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateReport.Subject;
import dev.refract.reports.gate.GateVerdict;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/// A gate's report as JUnit's XML, read back by a parser.
class JUnitXmlTest {

  @Test
  void eachVerdictHasItsElementAndItsCount() throws Exception {
    Element suite = parsed(all(true));
    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("name")).contains("new", "old");
    assertThat(attributes(suite, "tests", "failures", "errors", "skipped", "time"))
        .containsExactly("4", "2", "1", "0", "0");
    assertThat(testcases(suite).map(c -> c.getAttribute("name")))
        .containsExactly("a", "b", "c", "d");
    assertThat(testcases(suite).map(c -> child(c).getTagName()))
        .containsExactly("system-out", "failure", "failure", "error");
    assertThat(testcases(suite).map(c -> child(c).getAttribute("message")))
        .containsExactly("", "who knows", "dropped", "other data");
    assertThat(testcases(suite).map(c -> child(c).getAttribute("type")))
        .containsExactly("", "inconclusive", "regression", "refused");
    assertThat(testcases(suite).map(c -> child(c).getTextContent()))
        .containsExactly(
            "a: pass, fine",
            "b: inconclusive, who knows",
            "c: regression, dropped",
            "d: refused, other data");
    assertThat(testcases(suite).map(c -> c.getAttribute("time")).distinct()).containsExactly("0");
  }

  @Test
  void aDoubtThatThePolicyAcceptsIsSkipped() throws Exception {
    Element suite = parsed(all(false));
    assertThat(attributes(suite, "tests", "failures", "errors", "skipped"))
        .containsExactly("4", "1", "1", "1");
    Element skipped = child(testcases(suite).toList().get(1));
    assertThat(skipped.getTagName()).isEqualTo("skipped");
    assertThat(skipped.getAttribute("message")).isEqualTo("who knows");
    assertThat(skipped.hasAttribute("type")).isFalse();
  }

  @Test
  void theClassIsTheSubject() throws Exception {
    GateReport report =
        Reports.of(
            true,
            new Check(Subject.ACCURACY, "a", PASS, null),
            new Check(Subject.CAPTIONS, "b", PASS, null));
    assertThat(testcases(parsed(report)).map(c -> c.getAttribute("classname")))
        .containsExactly("refract.accuracy", "refract.captions");
  }

  @Test
  void noTwoCasesHaveOneName() throws Exception {
    GateReport report =
        Reports.of(
            true,
            new Check(Subject.ACCURACY, "charts", PASS, null),
            new Check(Subject.RATE, "charts", PASS, null),
            new Check(Subject.RATE, "charts", PASS, null),
            new Check(Subject.GROUP, "x", PASS, null));
    assertThat(testcases(parsed(report)).map(c -> c.getAttribute("name")))
        .containsExactly("charts (accuracy)", "charts (rate)", "charts (rate) #2", "x");
  }

  @Test
  void markupIsEscapedAndWhatXmlCannotHoldIsLeftOut() throws Exception {
    GateVerdict words = new GateVerdict.Regression("]]> <b> & \"x\" '\u0000\u001b\ufffe😀");
    Element testcase =
        testcases(parsed(Reports.of(true, check("<a & \"b\">\u0001", words)))).toList().getFirst();
    assertThat(testcase.getAttribute("name")).isEqualTo("<a & \"b\">");
    assertThat(child(testcase).getAttribute("message")).isEqualTo("]]> <b> & \"x\" '😀");
    assertThat(child(testcase).getTextContent()).endsWith("]]> <b> & \"x\" '😀");
  }

  @Test
  void legalKeepsTheEdgesOfEachRange() {
    assertThat(JUnitXml.legal("\t\n\r \ud7ff\ue000\ufffd" + Character.toString(0x10000)))
        .isEqualTo("\t\n\r \ud7ff\ue000\ufffd" + Character.toString(0x10000));
    assertThat(JUnitXml.legal("a\u0008\u000b\u000c\u001f\ud800\ufffe\uffffb")).isEqualTo("ab");
  }

  @Test
  void theDocumentSaysItsEncodingAndEndsWithALineFeed() {
    String text = JUnitXml.of(all(true));
    assertThat(text.replace('\'', '"'))
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        .endsWith(">\n");
  }

  @Test
  void aReportWithoutChecksIsAnEmptySuite() throws Exception {
    Element suite = parsed(Reports.of(true));
    assertThat(attributes(suite, "tests", "failures", "errors", "skipped"))
        .containsExactly("0", "0", "0", "0");
    assertThat(testcases(suite)).isEmpty();
  }

  private static GateReport all(boolean failsInconclusive) {
    return Reports.of(
        failsInconclusive,
        check("a", PASS),
        check("b", UNSURE),
        check("c", WORSE),
        check("d", REFUSED));
  }

  private static Element parsed(GateReport report) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(JUnitXml.of(report))))
        .getDocumentElement();
  }

  private static Stream<Element> testcases(Element suite) {
    return children(suite).stream();
  }

  private static Element child(Element testcase) {
    List<Element> children = children(testcase);
    assertThat(children).hasSize(1);
    return children.getFirst();
  }

  private static List<Element> children(Element parent) {
    return Stream.iterate(
            parent.getFirstChild(), node -> node != null, node -> node.getNextSibling())
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast)
        .toList();
  }

  private static List<String> attributes(Element element, String... names) {
    return Stream.of(names).map(element::getAttribute).toList();
  }
}

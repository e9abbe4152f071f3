package dev.refract.reports.ci;

import static dev.refract.reports.ci.Reports.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.gate.GateVerdict;
import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// A badge as an SVG parser sees it.
class BadgeTest {

  @Test
  void eachVerdictHasItsColourAndItsWord() throws Exception {
    Map<GateVerdict, String> colours =
        Map.of(
            Reports.PASS,
            "#2a7d3f",
            Reports.WORSE,
            "#b3261e",
            Reports.UNSURE,
            "#8a6100",
            Reports.REFUSED,
            "#5f6368");
    for (Map.Entry<GateVerdict, String> expected : colours.entrySet()) {
      Element svg = badge(expected.getKey());
      String word = "refract: " + expected.getKey().name();
      assertThat(svg.getAttribute("aria-label")).isEqualTo(word);
      assertThat(only(svg, "title").getTextContent()).isEqualTo(word);
      assertThat(only(svg, "path").getAttribute("fill")).isEqualTo(expected.getValue());
      assertThat(svg.getElementsByTagName("text").item(1).getTextContent())
          .isEqualTo(expected.getKey().name());
    }
  }

  @Test
  void theWidthFitsTheWords() throws Exception {
    // "refract" has 7 letters of 7 pixels and a padding of 10, "pass" has 4: 59 + 38.
    Element svg = badge(Reports.PASS);
    assertThat(svg.getAttribute("width")).isEqualTo("97");
    assertThat(only(svg, "rect").getAttribute("width")).isEqualTo("97");
    assertThat(only(svg, "path").getAttribute("d")).startsWith("M59 0h35a3").endsWith("-3 3h-35z");
    assertThat(((Element) svg.getElementsByTagName("text").item(0)).getAttribute("x"))
        .isEqualTo("29");
    assertThat(((Element) svg.getElementsByTagName("text").item(1)).getAttribute("x"))
        .isEqualTo("78");
  }

  private static Element badge(GateVerdict verdict) throws Exception {
    String text = Badge.of(Reports.of(true, check("a", verdict)));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }

  private static Element only(Element svg, String name) {
    assertThat(svg.getElementsByTagName(name).getLength()).isEqualTo(1);
    return (Element) svg.getElementsByTagName(name).item(0);
  }
}

package dev.refract.harness.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which Java must not run native code with which collector.
class CollectorCheckTest {

  @ParameterizedTest
  @CsvSource({
    "25, G1 Young Generation, true",
    "25.0.1+8, G1 Old Generation, true",
    "25.0.2, G1 Concurrent GC, true",
    "25.0.2, PS Scavenge, false",
    "25.0.3+9, G1 Young Generation, false",
    "26, G1 Young Generation, false"
  })
  void onlyTheFirstReleasesOfJava25WithG1AreNoted(String version, String name, boolean noted) {
    Diagnostic found = CollectorCheck.of(Runtime.Version.parse(version), List.of("Copy", name));
    assertThat(found.toString().contains("JDK-8377811")).isEqualTo(noted);
  }
}

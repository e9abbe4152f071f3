package dev.refract.harness.doctor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Java 25 before 25.0.3 has a fault in G1: it moves objects that native code works on
/// (JDK-8377811), so that images and weights may change under ONNX Runtime and llama.cpp.
final class CollectorCheck {

  private static final int FEATURE = 25;
  private static final int MENDED_UPDATE = 3;

  private CollectorCheck() {}

  static Diagnostic here() {
    return of(
        Runtime.version(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList());
  }

  /// @param collectors names as Java gives them, such as `G1 Young Generation`
  static Diagnostic of(Runtime.Version version, List<String> collectors) {
    boolean affected =
        version.feature() == FEATURE
            && version.update() < MENDED_UPDATE
            && collectors.stream().anyMatch(name -> name.startsWith("G1"));
    String found = String.join(", ", collectors);
    return affected
        ? Diagnostic.note(
            "garbage collector",
            "%s of Java %s moves objects that native code works on (JDK-8377811)"
                .formatted(found, version),
            "update to 25.0.3, or set JAVA_TOOL_OPTIONS=-XX:+UseParallelGC")
        : Diagnostic.fine("garbage collector", found);
  }
}

package dev.refract.benchmarks;

import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.ocr.OcrEngine;
import dev.refract.manifest.BundledSuite;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Milliseconds to read one picture of the mini suite on one thread, without decoding.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
public class OcrBenchmark {

  @Param({"chart-01", "document-02", "infographic-01"})
  @SuppressWarnings("NullAway.Init")
  public String picture;

  @SuppressWarnings("NullAway.Init")
  private OcrEngine engine;

  @SuppressWarnings("NullAway.Init")
  private BufferedImage image;

  @Setup
  public void load() throws IOException, UnreadableImageException, InterruptedException {
    engine = new OcrEngine(ModelStore.ofUser(System.err), 1);
    image =
        ImageDecoder.decode(
            Files.readAllBytes(BundledSuite.mini().resolve("images").resolve(picture + ".png")));
  }

  @TearDown
  public void close() {
    engine.close();
  }

  @Benchmark
  public String read() throws InterruptedException {
    return engine.read(image);
  }
}

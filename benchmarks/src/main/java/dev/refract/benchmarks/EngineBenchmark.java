package dev.refract.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.load.NullServer;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.Sampling;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Measures the cost of the client: requests with an image of 200 KB in base64 to a server that
/// takes half a second per reply, with a fixed number in flight, on the same processors. Two
/// comparisons: a lower bound, where virtual threads only write and read the same bytes on sockets,
/// and the openai package of Python, if `PEERS_PYTHON` names a Python that has it.
///
/// `java -cp benchmarks/target/benchmarks.jar dev.refract.benchmarks.EngineBenchmark [repeats]
/// [seconds] [warm-up]` prints medians. The server and each client are separate processes.
public final class EngineBenchmark {

  private static final int THINK_MILLIS = 500;
  private static final int IMAGE_BYTES = 150_000;
  private static final int WARM_UP_ROUNDS = 12; // seconds, for the JIT; a run lasts hours

  /// A Python with the peers' packages, which `benchmarks/run` creates; or null.
  private static final @Nullable String PYTHON = System.getenv("PEERS_PYTHON");

  private static final String PEER = "benchmarks/peers/async_openai.py";

  private EngineBenchmark() {}

  /// The results of one client in its window.
  ///
  /// @param cpu microseconds of the client process per request
  record Measured(double rate, double cpu, double gcMillis, long failures) {

    static Measured parse(String line) {
      String[] parts = line.split(" ");
      return new Measured(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          Long.parseLong(parts[3]));
    }
  }

  public static void main(String[] args) throws Exception {
    if (args.length == 5) {
      client(
          args[0],
          args[1],
          Integer.parseInt(args[2]),
          Integer.parseInt(args[3]),
          Integer.parseInt(args[4]));
      return;
    }
    int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : WARM_UP_ROUNDS;
    for (int inFlight : new int[] {1_024, 2_048}) {
      List<Measured> raw = new ArrayList<>();
      List<Measured> ours = new ArrayList<>();
      List<Measured> python = new ArrayList<>();
      for (int i = 0; i < repeats; i++) {
        Process server = java(List.of(NullServer.class.getName(), "" + THINK_MILLIS));
        try (BufferedReader port = server.inputReader()) {
          String url = "http://127.0.0.1:" + port.readLine() + "/v1";
          raw.add(measured("raw", url, inFlight, seconds, warmUp));
          ours.add(measured("engine", url, inFlight, seconds, warmUp));
          if (PYTHON != null) {
            python.add(python(url, inFlight, seconds, warmUp));
          }
        } finally {
          server.destroy();
          server.waitFor();
        }
      }
      report(inFlight, median(raw), median(ours));
      if (PYTHON != null) {
        beside(inFlight, median(ours), median(python));
      }
    }
  }

  private static void report(int inFlight, Measured raw, Measured ours) {
    String many = String.format(Locale.ROOT, "%,d in flight, 200 KB", inFlight);
    new Row(
            "client engine, CPU a request, " + many,
            ours.cpu,
            raw.cpu,
            "µs",
            "raw socket",
            ours.cpu / raw.cpu,
            "at most 2")
        .print();
    new Row(
            "client engine, requests/s, " + many,
            ours.rate,
            raw.rate,
            "1/s",
            "raw socket",
            ours.rate / raw.rate,
            "at least 0.95")
        .print();
    Row.alone("client engine, GC pauses, " + many, ours.gcMillis, "ms", "under 50").print();
    Row.alone("client engine, failures, " + many, ours.failures, "", "none").print();
  }

  private static void beside(int inFlight, Measured ours, Measured python) {
    String many = String.format(Locale.ROOT, "%,d in flight, 200 KB", inFlight);
    new Row(
            "client engine, requests per CPU second, " + many,
            1e6 / ours.cpu,
            1e6 / python.cpu,
            "1/s",
            "AsyncOpenAI",
            python.cpu / ours.cpu,
            "at least 5")
        .print();
    new Row(
            "client engine, requests/s, " + many,
            ours.rate,
            python.rate,
            "1/s",
            "AsyncOpenAI",
            ours.rate / python.rate,
            "")
        .print();
  }

  private static Measured python(String url, int inFlight, int seconds, int warmUp)
      throws Exception {
    Process client =
        new ProcessBuilder(PYTHON, PEER, url, "" + inFlight, "" + seconds, "" + Math.min(warmUp, 5))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = client.inputReader()) {
      Measured measured = Measured.parse(lines.readLine());
      client.waitFor();
      return measured;
    }
  }

  /// The median by CPU cost.
  private static Measured median(List<Measured> all) {
    return all.stream()
        .sorted(Comparator.comparingDouble(Measured::cpu))
        .toList()
        .get(all.size() / 2);
  }

  static Process java(List<String> arguments) throws IOException {
    return javaProcess(arguments).start();
  }

  /// A process with the same Java; its messages are shown here.
  static ProcessBuilder javaProcess(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  private static Measured measured(String kind, String url, int inFlight, int seconds, int warmUp)
      throws Exception {
    Process client =
        java(
            List.of(
                EngineBenchmark.class.getName(),
                kind,
                url,
                "" + inFlight,
                "" + seconds,
                "" + warmUp));
    try (BufferedReader lines = client.inputReader()) {
      Measured measured = Measured.parse(lines.readLine());
      client.waitFor();
      return measured;
    }
  }

  /// Sends one request.
  @FunctionalInterface
  interface Sender {
    void send() throws Exception;
  }

  private static void client(String kind, String url, int inFlight, int seconds, int warmUp)
      throws Exception {
    byte[] image = new byte[IMAGE_BYTES];
    new Random(1).nextBytes(image);
    LongAdder done = new LongAdder();
    LongAdder failed = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    ChatClient engine =
        new ChatClient(
            new Endpoint(url, "m", null),
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)),
            inFlight,
            Duration.ofSeconds(30));
    ChatRequest request =
        ChatRequest.seeing(
            List.of(ChatRequest.EncodedImage.of(image, ImageFormat.PNG)),
            "Describe the image in detail.",
            new Sampling(0, 1, 1, 1024));
    byte[] raw = RawSocket.request(url, image);
    for (int i = 0; i < inFlight; i++) {
      Sender sender = kind.equals("raw") ? new RawSocket(url, raw) : () -> engine.send(request);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  try {
                    sender.send();
                    done.increment();
                  } catch (InterruptedException _) {
                    return;
                  } catch (Exception e) {
                    if (!Thread.currentThread().isInterrupted()) {
                      failed.increment();
                    }
                  }
                }
              }));
    }
    Thread.sleep(1_000L * warmUp);
    OperatingSystemMXBean os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = done.sum();
    long cpu = os.getProcessCpuTime();
    long gc = gcMillis();
    long start = System.nanoTime();
    Thread.sleep(1_000L * seconds);
    double window = (System.nanoTime() - start) / 1e9;
    long requests = done.sum() - before;
    double micros = (os.getProcessCpuTime() - cpu) / 1e3 / requests;
    System.out.printf(
        Locale.ROOT, "%.3f %.3f %d %d%n", requests / window, micros, gcMillis() - gc, failed.sum());
    System.out.flush();
    Runtime.getRuntime().halt(0); // without closing a thousand sockets
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(gc -> !gc.getName().contains("Concurrent"))
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}

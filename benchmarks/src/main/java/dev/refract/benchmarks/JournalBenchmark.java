package dev.refract.benchmarks;

import dev.refract.harness.journal.Journal;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.RequestTime;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Measures the records per second of a journal with 256 threads, where each record is on disk
/// before its thread continues, against the same bytes written by one thread without waiting for
/// the disk; and the time to open the journal again.
///
/// `java -cp benchmarks/target/benchmarks.jar dev.refract.benchmarks.JournalBenchmark [repeats]
/// [records] [folder]` prints medians; the folder decides which disk is measured.
public final class JournalBenchmark {

  private static final int THREADS = 256;

  private JournalBenchmark() {}

  public static void main(String[] args) throws Exception {
    int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int records = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    Path folder =
        args.length > 2
            ? Files.createTempDirectory(Path.of(args[2]), "refract-journal")
            : Files.createTempDirectory("refract-journal");
    Path file = folder.resolve("answers.jsonl");
    List<AnswerRecord> all = records(records);
    List<Double> ours = new ArrayList<>();
    List<Double> raw = new ArrayList<>();
    List<Double> opened = new ArrayList<>();
    for (int i = 0; i <= repeats; i++) { // the first is a warm-up
      double appended = records / append(file, all);
      double read = open(file, records);
      double written = records / write(file, all);
      if (i > 0) {
        ours.add(appended);
        opened.add(read);
        raw.add(written);
      }
    }
    Files.delete(folder);
    double median = ours.stream().sorted().toList().get(repeats / 2);
    double plain = raw.stream().sorted().toList().get(repeats / 2);
    new Row(
            "journal, records/s on the disk, 256 threads",
            median,
            plain,
            "1/s",
            "raw write without fsync",
            median / plain,
            "")
        .print();
    Row.alone(
            "journal, opening %,d records".formatted(records),
            opened.stream().sorted().toList().get(repeats / 2),
            "s",
            "")
        .print();
  }

  private static List<AnswerRecord> records(int count) {
    Random random = new Random(1);
    byte[] digest = new byte[32];
    List<AnswerRecord> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      random.nextBytes(digest);
      String fingerprint = HexFormat.of().formatHex(digest);
      all.add(
          new AnswerRecord(
              fingerprint,
              "chartqa",
              "q" + i,
              fingerprint,
              "The answer is " + i,
              Ending.of("stop"),
              900,
              12,
              null,
              null,
              null,
              new RequestTime(1_790_000_000_000L + i, 0.25)));
    }
    return all;
  }

  private static double append(Path file, List<AnswerRecord> all) throws Exception {
    try (Journal<AnswerRecord> journal = Journal.open(file, AnswerRecord.class)) {
      long start = System.nanoTime();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = first; i < all.size(); i += THREADS) {
                    journal.append(all.get(i));
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static double open(Path file, int records) throws IOException {
    long start = System.nanoTime();
    try (Journal<AnswerRecord> journal = Journal.open(file, AnswerRecord.class)) {
      if (journal.size() != records) {
        throw new IllegalStateException("lost records: " + journal.size());
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static double write(Path file, List<AnswerRecord> all) throws IOException {
    byte[][] lines = new byte[all.size()][];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = JsonLines.of(all.get(i));
    }
    Files.delete(file);
    long start = System.nanoTime();
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      for (byte[] line : lines) {
        out.write(line);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.delete(file);
    return seconds;
  }
}

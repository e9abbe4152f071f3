package dev.refract.benchmarks;

import dev.refract.harness.dataset.read.ImageRoot;
import dev.refract.harness.dataset.read.ImageStore;
import dev.refract.harness.dataset.read.Reading;
import dev.refract.harness.dataset.read.Row;
import dev.refract.harness.dataset.read.RowReader;
import dev.refract.manifest.Columns;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.StrictYaml;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Reads a synthetic TSV and a synthetic Parquet file, 2 GB each by default, to the end in a
/// process with `-Xmx512m`, and compares this with DuckDB on the same Parquet file and with a plain
/// read of the same bytes. The median of three runs counts; memory is the process's own
/// (`RssAnon`), which does not include mapped files.
///
/// `java -cp 'benchmarks/target/benchmarks.jar:benchmarks/target/peers/*'
/// dev.refract.benchmarks.DatasetReading [MEGABYTES] [FOLDER]`
public final class DatasetReading {

  private static final int RUNS = 3;
  private static final int IMAGE_BYTES = 100_000;
  private static final String COLUMNS =
      "{id: index, images: [image], question: question, answers: answer}";

  private DatasetReading() {}

  static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    if (args.length > 0 && args[0].equals("child")) {
      child(args[1], Path.of(args[2]), args.length > 3 ? Path.of(args[3]) : Path.of("."));
      return;
    }
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("refract-reading");
    Files.createDirectories(folder);
    int rows = (int) (megabytes * 1_000_000L / IMAGE_BYTES);
    Path parquet = folder.resolve("synthetic.parquet");
    Path tsv = folder.resolve("synthetic.tsv");
    write(parquet, tsv, rows);
    System.err.printf(
        "%d rows, Parquet %.2f GB, TSV %.2f GB, %d processors, Java %s, -Xmx512m%n",
        rows,
        Files.size(parquet) / 1e9,
        Files.size(tsv) / 1e9,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature());
    Measured rawParquet = measure("raw", parquet, rows, folder);
    Measured duck = measure("duckdb", parquet, rows, folder);
    Measured ours = measure("parquet", parquet, rows, folder);
    String size = String.format(Locale.ROOT, ", %.1f GB", Files.size(parquet) / 1e9);
    row("Parquet to rows" + size, ours, duck, "DuckDB", "at least 1");
    row(
        "Parquet, checked, hashed, stored" + size,
        measure("index-parquet", parquet, rows, folder),
        rawParquet,
        "a plain read of the file",
        "");
    Measured rawTsv = measure("raw", tsv, rows, folder);
    row(
        "TSV to rows" + size,
        measure("tsv", tsv, rows, folder),
        rawTsv,
        "a plain read of the file",
        "at least 0.5");
    row(
        "TSV, checked, hashed, stored" + size,
        measure("index-tsv", tsv, rows, folder),
        rawTsv,
        "a plain read of the file",
        "");
    Files.delete(parquet);
    Files.delete(tsv);
  }

  /// @param rate megabytes of the file per second, median of the runs
  /// @param memory maximum over the runs, in megabytes
  private record Measured(double rate, double memory) {}

  private static void row(
      String what, Measured ours, Measured theirs, String beside, String target) {
    new dev.refract.benchmarks.Row(
            what, ours.rate, theirs.rate, "MB/s", beside, ours.rate / theirs.rate, target)
        .print();
    dev.refract.benchmarks.Row.alone(what + ", memory of its own", ours.memory, "MB", "").print();
  }

  private static Measured measure(String what, Path file, int rows, Path folder)
      throws IOException, InterruptedException {
    List<double[]> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      Path vault = folder.resolve("vault");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  System.getProperty("java.class.path"),
                  DatasetReading.class.getName(),
                  "child",
                  what,
                  file.toString(),
                  vault.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(what + " failed: " + said);
      }
      String[] figures = said.strip().split(" ", -1);
      if (Long.parseLong(figures[0]) != rows && !what.equals("raw")) {
        throw new IllegalStateException(what + " read " + figures[0] + " of " + rows + " rows");
      }
      runs.add(new double[] {Double.parseDouble(figures[1]), Double.parseDouble(figures[2])});
      delete(vault);
    }
    runs.sort(Comparator.comparingDouble(r -> r[0]));
    double[] median = runs.get(RUNS / 2);
    double peak = runs.stream().mapToDouble(r -> r[1]).max().orElseThrow();
    return new Measured(Files.size(file) / 1e6 / median[0], peak);
  }

  private static void child(String what, Path file, Path vault) throws Exception {
    PeakMemory memory = PeakMemory.start();
    long started = System.nanoTime();
    long rows =
        switch (what) {
          case "raw" -> raw(file);
          case "duckdb" -> duckdb(file);
          case "parquet" -> rows(file, Format.PARQUET);
          case "tsv" -> rows(file, Format.TSV);
          case "index-parquet" -> index(file, Format.PARQUET, vault);
          default -> index(file, Format.TSV, vault);
        };
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf("%d %.4f %.1f%n", rows, seconds, memory.megabytes());
  }

  private static long raw(Path file) throws IOException {
    byte[] block = new byte[1 << 20];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        bytes += n;
      }
    }
    return bytes;
  }

  private static long duckdb(Path file) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      try (ResultSet all =
          statement.executeQuery(
              "select index, image.bytes, question, answer from '" + file + "'")) {
        long rows = 0;
        long bytes = 0;
        while (all.next()) {
          java.sql.Blob image = all.getBlob(2);
          bytes += image.length() + all.getString(1).length() + all.getString(3).length();
          rows++;
        }
        return bytes > 0 ? rows : 0;
      }
    }
  }

  private static Columns columns() {
    return StrictYaml.read(COLUMNS.getBytes(StandardCharsets.UTF_8), "columns", Columns.class);
  }

  private static long rows(Path file, Format format) throws IOException {
    long[] seen = new long[2];
    RowReader.of(format)
        .read(
            file,
            columns(),
            new Row.Sink() {
              @Override
              public void row(Row row) {
                seen[0]++;
                seen[1] += ((Row.Cell.Bytes) row.images().getFirst()).bytes().length;
              }

              @Override
              public void bad(String place, String problem) {
                throw new IllegalStateException(place + ": " + problem);
              }

              @Override
              public void note(String text) {}
            });
    return seen[1] > 0 ? seen[0] : 0;
  }

  private static long index(Path file, Format format, Path vault) {
    Reading.Result result =
        new Reading(
                List.of(new Reading.Part(file, format, columns(), "", null)),
                new ImageRoot.Folder(vault, false),
                new ImageStore(vault),
                "chart",
                MetricName.ANLS,
                true,
                Map.of())
            .read();
    return result.bad().isEmpty() ? result.samples().size() : -1;
  }

  /// Writes the same rows to both files: a small picture, padded with random bytes.
  private static void write(Path parquet, Path tsv, int rows) throws Exception {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", small);
    Random random = new Random(1);
    Path database = parquet.resolveSibling("synthetic.duckdb");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = duck.createStatement();
        OutputStream lines = new BufferedOutputStream(Files.newOutputStream(tsv), 1 << 20)) {
      statement.execute(
          "create table t(index varchar, image struct(bytes blob, path varchar), question varchar,"
              + " answer varchar)");
      lines.write("index\timage\tquestion\tanswer\n".getBytes(StandardCharsets.UTF_8));
      duck.setAutoCommit(false);
      try (PreparedStatement insert =
          duck.prepareStatement(
              "insert into t values (?, {'bytes': ?::blob, 'path': null}, ?, 'a')")) {
        for (int i = 0; i < rows; i++) {
          byte[] picture = new byte[IMAGE_BYTES];
          random.nextBytes(picture);
          System.arraycopy(small.toByteArray(), 0, picture, 0, small.size());
          insert.setString(1, "r" + i);
          insert.setBytes(2, picture);
          insert.setString(3, "Question " + i + "?");
          insert.execute();
          String line =
              "r%d\t%s\tQuestion %d?\ta\n"
                  .formatted(i, Base64.getEncoder().encodeToString(picture), i);
          lines.write(line.getBytes(StandardCharsets.US_ASCII));
        }
      }
      duck.commit();
      statement.execute(
          "copy t to '" + parquet + "' (format parquet, compression zstd, row_group_size 1000)");
    }
    for (String end : Arrays.asList("", ".wal")) {
      Files.deleteIfExists(Path.of(database + end));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}

package dev.refract.benchmarks;

import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.ocr.OcrEngine;
import dev.refract.manifest.BundledSuite;
import dev.refract.manifest.mini.MiniSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures images per second of the OCR captioner, including decoding, and how much of the text in
/// the images it finds, against RapidOCR with the same models and number of threads.
///
/// `... OcrBeside PASSES [CHARTQA_FOLDER]`, from the repository's root: on the mini suite, and on a
/// folder of charts in ChartQA's layout if one is given.
public final class OcrBeside {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final int MIN_WORD_LENGTH = 3;

  private OcrBeside() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    int passes = Integer.parseInt(args[0]);
    Path mini = BundledSuite.mini();
    beside("mini suite", unpacked(mini.resolve("images")), MiniSuite.texts(), passes);
    if (args.length > 1 && !args[1].isEmpty()) {
      Path charts = Path.of(args[1]);
      beside("real charts", charts.resolve("png"), labelled(charts), passes);
    }
  }

  private static void beside(
      String name, Path images, Map<String, ? extends Collection<String>> words, int passes)
      throws Exception {
    Map<String, String> texts = new TreeMap<>();
    double seconds = read(images, texts, passes);
    double error = error(words, texts);
    Optional<String> said = Peer.says("ocr.py", images.toString(), "" + THREADS, "" + passes);
    JsonNode theirs = JSON.readTree(said.orElse("{}"));
    Map<String, String> theirTexts = new TreeMap<>();
    theirs
        .path("texts")
        .properties()
        .forEach(p -> theirTexts.put(p.getKey(), p.getValue().asString("")));
    double rate = texts.size() / seconds;
    double theirRate =
        said.isPresent() ? texts.size() / theirs.path("seconds").asDouble() : Double.NaN;
    double theirError = said.isPresent() ? error(words, theirTexts) : Double.NaN;
    new Row(
            "OCR, " + name,
            rate,
            theirRate,
            "images/s",
            "RapidOCR, same models and threads",
            rate / theirRate,
            "at least 1.5")
        .print();
    new Row(
            "OCR, " + name + ", character error of texts that are there",
            error,
            theirError,
            "",
            "RapidOCR",
            error / theirError,
            "at most 1")
        .print();
  }

  /// Copies the suite's images out of their jar, which a peer cannot read.
  private static Path unpacked(Path images) throws IOException {
    Path folder = Files.createTempDirectory("refract-images");
    try (Stream<Path> all = Files.list(images)) {
      for (Path image : all.toList()) {
        Files.write(folder.resolve(image.getFileName().toString()), Files.readAllBytes(image));
      }
    }
    return folder;
  }

  /// @return the fewest seconds of any pass; one untimed pass comes first
  private static double read(Path images, Map<String, String> texts, int passes) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(images)) {
      files = all.filter(f -> f.toString().endsWith(".png")).sorted().toList();
    }
    double best = Double.POSITIVE_INFINITY;
    try (OcrEngine engine = new OcrEngine(ModelStore.ofUser(System.err), THREADS);
        ExecutorService hands = Executors.newFixedThreadPool(THREADS)) {
      for (int pass = 0; pass <= passes; pass++) {
        long start = System.nanoTime();
        List<Callable<String>> work =
            files.stream().<Callable<String>>map(file -> () -> text(engine, file)).toList();
        List<Future<String>> read = hands.invokeAll(work);
        double seconds = (System.nanoTime() - start) / 1e9;
        best = pass == 0 ? best : Math.min(best, seconds);
        for (int i = 0; i < files.size(); i++) {
          texts.put(files.get(i).getFileName().toString(), read.get(i).get());
        }
      }
    }
    return best;
  }

  private static String text(OcrEngine engine, Path file)
      throws IOException, UnreadableImageException, InterruptedException {
    return engine.read(ImageDecoder.decode(Files.readAllBytes(file)));
  }

  /// The words of the answers to each chart's questions, which mostly occur in the chart.
  private static Map<String, Set<String>> labelled(Path charts) throws IOException {
    Map<String, Set<String>> words = new TreeMap<>();
    for (JsonNode row : JSON.readTree(Files.readAllBytes(charts.resolve("test_human.json")))) {
      words
          .computeIfAbsent(row.path("imgname").asString(""), _ -> new LinkedHashSet<>())
          .addAll(words(row.path("label").asString("")));
    }
    return words;
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : text.split("[^\\p{L}\\p{N}]+")) {
      boolean occurs = word.chars().anyMatch(c -> Character.isUpperCase(c) || Character.isDigit(c));
      if (word.length() >= MIN_WORD_LENGTH && occurs) {
        words.add(word);
      }
    }
    return words;
  }

  /// The smallest edit distance of each text to any part of the transcript, over the total length
  /// of the texts. Blanks and case count.
  private static double error(
      Map<String, ? extends Collection<String>> words, Map<String, String> texts) {
    long wrong = 0;
    long length = 0;
    for (Map.Entry<String, ? extends Collection<String>> image : words.entrySet()) {
      String text = texts.getOrDefault(image.getKey(), "").replaceAll("\\s+", " ");
      for (String word : image.getValue()) {
        wrong += nearest(word, text);
        length += word.length();
      }
    }
    return (double) wrong / length;
  }

  /// Sellers' algorithm: a match may begin and end anywhere in the text.
  private static int nearest(String word, String text) {
    int[] column = new int[word.length() + 1];
    for (int i = 0; i <= word.length(); i++) {
      column[i] = i;
    }
    int best = word.length();
    for (int j = 0; j < text.length(); j++) {
      int diagonal = 0;
      for (int i = 1; i <= word.length(); i++) {
        int replaced = diagonal + (word.charAt(i - 1) == text.charAt(j) ? 0 : 1);
        diagonal = column[i];
        column[i] = Math.min(replaced, Math.min(column[i], column[i - 1]) + 1);
      }
      best = Math.min(best, column[word.length()]);
    }
    return best;
  }
}

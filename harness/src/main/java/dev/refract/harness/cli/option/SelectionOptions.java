package dev.refract.harness.cli.option;

import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.harness.dataset.Selection;
import dev.refract.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that select a part of each dataset.
public final class SelectionOptions {

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N images of each dataset.")
  private @Nullable Integer limit;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Only N images of each dataset, drawn at random and stratified by group.")
  private @Nullable Integer sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Random seed for --sample (default: 0).")
  private @Nullable Long seed;

  @Option(
      names = "--filter",
      paramLabel = "KEY=VALUE[,VALUE]",
      description = "Only questions with these values; KEY: group, category or metric. Repeatable.")
  private @Nullable List<String> filters;

  @Option(
      names = "--ids",
      paramLabel = "FILE",
      description = "Only questions whose ids are in this file, one per line.")
  private @Nullable Path ids;

  @Option(
      names = "--on-bad-sample",
      paramLabel = "fail|skip",
      description =
          "What to do with unreadable rows and images (default: fail). Skipped ones are counted and"
              + " listed.")
  private @Nullable OnBad onBad;

  public OnBad onBad(@Nullable OnBad configured) {
    OnBad wanted = onBad == null ? configured : onBad;
    return wanted == null ? OnBad.FAIL : wanted;
  }

  /// The given options; the values of the other selection where an option is not given.
  public Selection or(Selection other) {
    return checked(
        new Selection(
            limit == null ? other.limit() : limit,
            sample == null ? other.sample() : sample,
            seed == null ? other.seed() : seed,
            filters == null ? other.filters() : parsed(filters),
            ids == null ? other.ids() : read(ids)));
  }

  private static Selection checked(Selection selection) {
    atLeastOne("limit", selection.limit());
    atLeastOne("sample", selection.sample());
    for (String key : selection.filters().keySet()) {
      if (!Selection.FILTERS.contains(key)) {
        throw new ManifestException(
            "filter '%s' is unknown; known: %s"
                .formatted(key, String.join(", ", Selection.FILTERS)));
      }
    }
    return selection;
  }

  private static void atLeastOne(String name, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new ManifestException(name + ": expected at least 1 image, found " + value);
    }
  }

  private static Map<String, Set<String>> parsed(List<String> filters) {
    Map<String, Set<String>> parsed = new LinkedHashMap<>();
    for (String filter : filters) {
      int equals = filter.indexOf('=');
      if (equals < 1 || equals == filter.length() - 1) {
        throw new ManifestException(
            "--filter: expected KEY=VALUE, such as group=human, found '" + filter + "'");
      }
      parsed
          .computeIfAbsent(filter.substring(0, equals), _ -> new LinkedHashSet<>())
          .addAll(Arrays.asList(filter.substring(equals + 1).split(",", -1)));
    }
    return parsed;
  }

  public static Set<String> read(Path file) {
    try {
      Set<String> ids =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (ids.isEmpty()) {
        throw new ManifestException(file + ": expected one id per line, found none");
      }
      return ids;
    } catch (IOException e) {
      throw new ManifestException(file + ": ids cannot be read: " + e);
    }
  }
}

package dev.refract.manifest.mini;

import dev.refract.manifest.mini.Figure.Drawing;
import dev.refract.manifest.mini.Figure.Task;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Bar, column, line and pie charts of invented quantities.
final class Charts {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;
  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject("Bicycles sold", "hundreds", "hundred bicycles were sold in"),
          new Subject("Library visits", "thousands", "thousand library visits were made in"),
          new Subject("Ferry passengers", "thousands", "thousand ferry passengers travelled in"),
          new Subject("Olive oil bottled", "tonnes", "tonnes of olive oil were bottled in"),
          new Subject("Trees planted", "hundreds", "hundred trees were planted in"),
          new Subject("Museum tickets", "hundreds", "hundred museum tickets were sold in"),
          new Subject("Rainfall", "millimetres", "millimetres of rain fell in"),
          new Subject("Honey produced", "barrels", "barrels of honey were produced in"));

  /// The subject of a chart; `asked` completes the question "How many ...".
  private record Subject(String title, String unit, String asked) {}

  private record Series(
      String title, String unit, String source, List<String> names, List<Integer> values) {

    String described(String kind) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        parts.add(names.get(i) + ": " + values.get(i));
      }
      return "%s titled \"%s\", in %s.\n%s.\nSource: %s."
          .formatted(kind, title, unit, String.join("\n", parts), source);
    }
  }

  private Charts() {}

  static Figure draw(String id, int index, Words words) {
    return switch (index % 4) {
      case 0 -> bars(id, words);
      case 1 -> columns(id, words);
      case 2 -> line(id, words);
      default -> pie(id, words);
    };
  }

  private static Figure bars(String id, Words words) {
    Subject subject = words.one(SUBJECTS);
    Series series = towns(subject, words, 6, 110, 980);
    int special = words.between(0, 5);
    String look =
        "The bar of %s is orange, the others are blue.".formatted(series.names.get(special));
    Task seen =
        Task.choice(
            "Which bar is orange?",
            fourOf(series.names, series.names.get(special), words),
            series.names.get(special));
    return figure(
        id,
        "Horizontal bar chart",
        subject,
        series,
        look,
        seen,
        words,
        ink -> {
          heading(ink, series);
          int max = Collections.max(series.values);
          for (int i = 0; i < series.names.size(); i++) {
            int y = 84 + i * 42;
            int length = series.values.get(i) * 320 / max;
            ink.endingAt(series.names.get(i), 140, y + 19, 15, Ink.BLACK);
            ink.fill(150, y, length, 26, Ink.HUES.get(i == special ? 1 : 0));
            ink.text("" + series.values.get(i), 158 + length, y + 19, 15, Ink.BLACK);
          }
        });
  }

  private static Figure columns(String id, Words words) {
    Subject subject = words.one(SUBJECTS);
    Series series = towns(subject, words, 5, 110, 980);
    List<Integer> hues = words.some(List.of(0, 1, 2, 3, 4), 5);
    Task seen = hueOf("column", series, hues, words);
    return figure(
        id,
        "Column chart",
        subject,
        series,
        hueList(series, hues),
        seen,
        words,
        ink -> {
          heading(ink, series);
          int max = Collections.max(series.values);
          ink.line(40, 320, 530, 320, Ink.GREY);
          for (int i = 0; i < series.names.size(); i++) {
            int x = 55 + i * 98;
            int height = series.values.get(i) * 200 / max;
            ink.fill(x, 320 - height, 62, height, Ink.HUES.get(hues.get(i)));
            ink.centred("" + series.values.get(i), x + 31, 312 - height, 15, Ink.BLACK);
            ink.centred(series.names.get(i), x + 31, 340, 14, Ink.BLACK);
          }
          ink.upwards(series.unit, 20, 210, 13, Ink.GREY);
        });
  }

  private static Figure line(String id, Words words) {
    Subject subject = words.one(SUBJECTS);
    int first = words.between(2008, 2018);
    List<String> years = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      years.add("" + (first + i));
    }
    String town = words.one(Words.TOWNS);
    Series series =
        new Series(
            subject.title + " in " + town,
            subject.unit,
            words.one(Words.BOARDS),
            List.copyOf(years),
            words.apart(6, 110, 980, 40));
    int hue = words.between(0, 4);
    String name = Ink.HUE_NAMES.get(hue);
    Task seen =
        Task.choice(
            "What colour is the line?", fourOf(Ink.HUE_NAMES.subList(0, 5), name, words), name);
    String look = "The line is " + name + ".";
    return figure(
        id,
        "Line chart",
        subject,
        series,
        look,
        seen,
        words,
        ink -> {
          heading(ink, series);
          ink.line(50, 320, 530, 320, Ink.GREY);
          int[] xs = new int[6];
          int[] ys = new int[6];
          for (int i = 0; i < 6; i++) {
            xs[i] = 75 + i * 85;
            ys[i] = 290 - series.values.get(i) * 200 / 1000;
            ink.centred(series.names.get(i), xs[i], 340, 14, Ink.BLACK);
          }
          ink.curve(xs, ys, Ink.HUES.get(hue));
          for (int i = 0; i < 6; i++) {
            ink.dot(xs[i], ys[i], 5, Ink.HUES.get(hue));
            boolean valley = i > 0 && i < 5 && ys[i] > Math.max(ys[i - 1], ys[i + 1]);
            boolean lowEnd = (i == 0 && ys[1] < ys[0]) || (i == 5 && ys[4] < ys[5]);
            int dy = valley || lowEnd ? 24 : -11;
            ink.centred("" + series.values.get(i), xs[i], ys[i] + dy, 15, Ink.BLACK);
          }
        });
  }

  private static Figure pie(String id, Words words) {
    Subject subject = words.one(SUBJECTS);
    Series series = towns(subject, words, 4, 110, 480);
    List<Integer> hues = words.some(List.of(0, 1, 2, 3, 4), 4);
    Task seen = hueOf("slice", series, hues, words);
    return figure(
        id,
        "Pie chart",
        subject,
        series,
        hueList(series, hues),
        seen,
        words,
        ink -> {
          heading(ink, series);
          int total = series.values.stream().mapToInt(Integer::intValue).sum();
          double from = 90;
          for (int i = 0; i < series.names.size(); i++) {
            double extent = -360.0 * series.values.get(i) / total;
            Color hue = Ink.HUES.get(hues.get(i));
            ink.slice(150, 215, 115, from, extent, hue);
            from += extent;
            int y = 140 + i * 48;
            ink.fill(315, y - 14, 18, 18, hue);
            ink.text(series.names.get(i) + ": " + series.values.get(i), 345, y + 2, 16, Ink.BLACK);
          }
        });
  }

  private static Task hueOf(String part, Series series, List<Integer> hues, Words words) {
    int asked = words.between(0, series.names.size() - 1);
    String right = Ink.HUE_NAMES.get(hues.get(asked));
    return Task.choice(
        "What colour is the %s of %s?".formatted(part, series.names.get(asked)),
        fourOf(Ink.HUE_NAMES.subList(0, 5), right, words),
        right);
  }

  private static String hueList(Series series, List<Integer> hues) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < series.names.size(); i++) {
      parts.add(series.names.get(i) + " is " + Ink.HUE_NAMES.get(hues.get(i)));
    }
    return "Colours: " + String.join(", ", parts) + ".";
  }

  private static List<String> fourOf(List<String> pool, String right, Words words) {
    List<String> choices = new ArrayList<>(words.some(pool, 4));
    if (!choices.contains(right)) {
      choices.set(words.between(0, 3), right);
    }
    return List.copyOf(choices);
  }

  private static Series towns(Subject subject, Words words, int count, int low, int high) {
    int year = words.between(2015, 2025);
    return new Series(
        subject.title + " by town, " + year,
        subject.unit,
        words.one(Words.BOARDS),
        words.some(Words.TOWNS, count),
        words.apart(count, low, high, 40));
  }

  private static void heading(Ink ink, Series series) {
    ink.bold(series.title, 24, 34, 20, Ink.BLACK);
    ink.text("in " + series.unit, 24, 58, 14, Ink.GREY);
    ink.text("Source: " + series.source, 24, HEIGHT - 12, 13, Ink.GREY);
  }

  /// @param look description of what the image shows besides its text
  /// @param seen the question that needs the image and cannot be answered from its text alone
  private static Figure figure(
      String id,
      String kind,
      Subject subject,
      Series series,
      String look,
      Task seen,
      Words words,
      Drawing drawing) {
    List<Integer> pair = words.some(List.of(0, 1, 2, 3), 2);
    int a = pair.get(0);
    int b = pair.get(1);
    int more = series.values.get(a) > series.values.get(b) ? a : b;
    int less = more == a ? b : a;
    List<Task> tasks =
        List.of(
            Task.text("What is the source of the data?", series.source),
            Task.number(
                "How many %s %s?".formatted(subject.asked, series.names.get(a)),
                series.values.get(a)),
            seen,
            Task.twoValues(
                "How much larger is the value of %s than the value of %s?"
                    .formatted(series.names.get(more), series.names.get(less)),
                series.values.get(more) - series.values.get(less)));
    String description = series.described(kind) + " " + look;
    return new Figure(id, "chart", description, tasks, WIDTH, HEIGHT, drawing);
  }
}

package dev.refract.manifest.mini;

import dev.refract.manifest.mini.Figure.Task;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/// Posters of three kinds: big numbers, steps in order, and comparisons of two towns.
final class Infographics {

  private static final int WIDTH = 600;
  private static final int HEIGHT = 480;
  private static final List<String> THEMES =
      List.of(
          "Water at home",
          "A year of mail",
          "Night trains",
          "The city bakery",
          "Repair instead of waste",
          "Birds of the bay",
          "Streets without cars",
          "School gardens");
  private static final List<String> FACTS =
      List.of(
          "volunteers",
          "litres saved",
          "parcels sent",
          "new members",
          "open days",
          "loaves baked",
          "workshops held",
          "nests counted",
          "seeds planted",
          "routes mapped",
          "meals served",
          "tools repaired");
  private static final List<String> STEPS =
      List.of(
          "Collect", "Sort", "Clean", "Measure", "Dry", "Pack", "Label", "Ship", "Store", "Check");

  private Infographics() {}

  static Figure draw(String id, int index, Words words) {
    return switch (index % 3) {
      case 0 -> tiles(id, words);
      case 1 -> steps(id, words);
      default -> versus(id, words);
    };
  }

  private static Figure tiles(String id, Words words) {
    String theme = words.one(THEMES);
    String town = words.one(Words.TOWNS);
    String source = words.one(Words.BOARDS);
    List<String> facts = words.some(FACTS, 6);
    List<Integer> values = words.apart(6, 12, 960, 20);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      rows.append(facts.get(i)).append(": ").append(values.get(i)).append('\n');
    }
    int banner = words.between(0, 6);
    String description =
        "Infographic \"%s\" about %s, with six numbers, under a banner in %s.\n%sSource: %s."
            .formatted(theme, town, Ink.HUE_NAMES.get(banner), rows, source);
    List<Task> tasks =
        List.of(
            Task.text("Which town is the infographic about?", town),
            Task.number("How many %s are shown?".formatted(facts.get(4)), values.get(4)),
            choice("What colour is the banner?", Ink.HUE_NAMES.get(banner), Ink.HUE_NAMES, words),
            difference(facts.get(0), values.get(0), facts.get(3), values.get(3)));
    return new Figure(
        id,
        "infographic",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.fill(0, 0, WIDTH, 86, Ink.HUES.get(banner));
          ink.bold(theme, 28, 44, 26, Color.WHITE);
          ink.text(town, 28, 72, 17, Color.WHITE);
          for (int i = 0; i < 6; i++) {
            int x = 24 + (i % 3) * 188;
            int y = 108 + (i / 3) * 162;
            ink.rounded(x, y, 174, 146, Ink.PALE);
            ink.centredBold("" + values.get(i), x + 87, y + 74, 38, Ink.HUES.get(i));
            ink.centred(facts.get(i), x + 87, y + 112, 16, Ink.BLACK);
          }
          ink.text("Source: " + source, 28, 462, 13, Ink.GREY);
        });
  }

  private static Figure steps(String id, Words words) {
    String theme = words.one(THEMES);
    String town = words.one(Words.TOWNS);
    String firm = words.one(Words.FIRMS);
    List<String> steps = words.some(STEPS, 5);
    List<Integer> minutes = words.apart(5, 4, 95, 4);
    List<Integer> hues = words.some(List.of(0, 1, 2, 3, 4, 5, 6), 5);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      rows.append(
          "Step %d (%s circle): %s, %d minutes\n"
              .formatted(i + 1, Ink.HUE_NAMES.get(hues.get(i)), steps.get(i), minutes.get(i)));
    }
    String description =
        "Infographic \"%s\": five steps in order, at %s in %s.\n%s"
            .formatted(theme, firm, town, rows)
            .strip();
    List<Task> tasks =
        List.of(
            Task.text("Which firm is named in the infographic?", firm),
            Task.number("How many minutes does step %d take?".formatted(4), minutes.get(3)),
            choice(
                "What colour is the circle of step 2?",
                Ink.HUE_NAMES.get(hues.get(1)),
                Ink.HUE_NAMES,
                words),
            Task.twoValues(
                "How many minutes do %s and %s take together?"
                    .formatted(steps.get(0), steps.get(2)),
                minutes.get(0) + minutes.get(2)));
    return new Figure(
        id,
        "infographic",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.bold(theme, 28, 48, 26, Ink.HUES.get(3));
          ink.text("at " + firm + " in " + town, 28, 78, 16, Ink.GREY);
          for (int i = 0; i < 5; i++) {
            int y = 104 + i * 74;
            ink.dot(62, y + 28, 27, Ink.HUES.get(hues.get(i)));
            ink.centredBold("" + (i + 1), 62, y + 37, 24, Color.WHITE);
            ink.rounded(110, y, 460, 58, Ink.PALE);
            ink.bold(steps.get(i), 130, y + 37, 20, Ink.BLACK);
            ink.endingAt(minutes.get(i) + " minutes", 550, y + 36, 17, Ink.BLACK);
          }
        });
  }

  private static Figure versus(String id, Words words) {
    List<String> towns = words.some(Words.TOWNS, 2);
    List<String> facts = words.some(FACTS, 4);
    List<Integer> values = words.apart(8, 12, 960, 20);
    String theme = words.one(THEMES);
    String source = words.one(Words.BOARDS);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      rows.append(
          "%s: %s %d, %s %d\n"
              .formatted(
                  facts.get(i), towns.get(0), values.get(i), towns.get(1), values.get(i + 4)));
    }
    List<Integer> hues = words.some(List.of(0, 1, 2, 3, 4, 5, 6), 2);
    String description =
        "Infographic \"%s\" comparing %s (%s, left) and %s (%s, right).\n%sSource: %s."
            .formatted(
                theme,
                towns.get(0),
                Ink.HUE_NAMES.get(hues.get(0)),
                towns.get(1),
                Ink.HUE_NAMES.get(hues.get(1)),
                rows,
                source);
    List<Task> tasks =
        List.of(
            Task.text("What is the source of the data?", source),
            Task.number(
                "How many %s does %s have?".formatted(facts.get(2), towns.get(0)), values.get(2)),
            choice(
                "What colour stands for %s?".formatted(towns.get(1)),
                Ink.HUE_NAMES.get(hues.get(1)),
                Ink.HUE_NAMES,
                words),
            Task.twoValues(
                "What is the difference in %s between the two towns?".formatted(facts.get(1)),
                Math.abs(values.get(1) - values.get(5))));
    return new Figure(
        id,
        "infographic",
        description,
        tasks,
        WIDTH,
        HEIGHT,
        ink -> {
          ink.centredBold(theme, 300, 48, 26, Ink.BLACK);
          ink.fill(24, 74, 270, 44, Ink.HUES.get(hues.get(0)));
          ink.fill(306, 74, 270, 44, Ink.HUES.get(hues.get(1)));
          ink.centredBold(towns.get(0), 159, 103, 19, Color.WHITE);
          ink.centredBold(towns.get(1), 441, 103, 19, Color.WHITE);
          for (int i = 0; i < 4; i++) {
            int y = 134 + i * 76;
            ink.fill(24, y, 552, 62, Ink.PALE);
            ink.centred(facts.get(i), 300, y + 37, 16, Ink.BLACK);
            ink.centredBold("" + values.get(i), 120, y + 42, 28, Ink.HUES.get(hues.get(0)));
            ink.centredBold("" + values.get(i + 4), 480, y + 42, 28, Ink.HUES.get(hues.get(1)));
          }
          ink.text("Source: " + source, 28, 464, 13, Ink.GREY);
        });
  }

  private static Task difference(String a, int x, String b, int y) {
    String more = x > y ? a : b;
    String less = x > y ? b : a;
    return Task.twoValues("How many more %s than %s?".formatted(more, less), Math.abs(x - y));
  }

  private static Task choice(String question, String right, List<String> pool, Words words) {
    List<String> choices = new ArrayList<>(words.some(pool, 4));
    if (!choices.contains(right)) {
      choices.set(words.between(0, 3), right);
    }
    return Task.choice(question, List.copyOf(choices), right);
  }
}

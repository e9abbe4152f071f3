package dev.refract.harness.dataset.read;

import dev.refract.manifest.CharXivTemplates;
import dev.refract.manifest.Columns.Adapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Converts a row that a column mapping cannot describe into rows that it can. Pure.
final class RowAdapter {

  private static final Map<Integer, String> CHARXIV = CharXivTemplates.load();
  private static final int LAST_WITH_SUBPLOT = 17;

  private RowAdapter() {}

  /// The columns that the adapter reads in addition to those in the manifest.
  static List<String> columns(@Nullable Adapter adapter) {
    return switch (adapter) {
      case null -> List.of();
      case CHARTQAPRO -> List.of();
      case CAPTIONQA -> List.of("questions");
      case CHARXIV_DESCRIPTIVE ->
          List.of(
              "descriptive_q1",
              "descriptive_q2",
              "descriptive_q3",
              "descriptive_q4",
              "descriptive_a1",
              "descriptive_a2",
              "descriptive_a3",
              "descriptive_a4",
              "subplot_row",
              "subplot_col",
              "subplot_loc");
    };
  }

  /// The columns that the adapter adds; the file does not contain them.
  static List<String> made(@Nullable Adapter adapter) {
    return switch (adapter) {
      case null -> List.of();
      case CHARTQAPRO -> List.of();
      case CAPTIONQA -> List.of("question", "answer", "choices", "group");
      case CHARXIV_DESCRIPTIVE -> List.of("question", "answer", "group");
    };
  }

  static List<JsonNode> apply(@Nullable Adapter adapter, JsonNode row) throws BadRowException {
    return switch (adapter) {
      case null -> List.of(row);
      case CHARTQAPRO -> List.of(row); // its lists are turns, joined by QuestionMapper
      case CAPTIONQA -> captionQa(row);
      case CHARXIV_DESCRIPTIVE -> charXiv(row);
    };
  }

  private static List<JsonNode> captionQa(JsonNode row) throws BadRowException {
    JsonNode questions = row.path("questions");
    if (!questions.isArray()) {
      throw new BadRowException(
          "field 'questions': expected a list, found " + new Fields(row).found("questions"));
    }
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode question : questions) {
      ObjectNode one = copy(row);
      one.remove("questions");
      one.set("question", question.path("question"));
      one.set("answer", question.path("answer"));
      one.set("choices", question.path("choices"));
      one.set("group", question.path("category"));
      rows.add(one);
    }
    return rows;
  }

  private static List<JsonNode> charXiv(JsonNode row) throws BadRowException {
    List<JsonNode> rows = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      Fields fields = new Fields(row);
      String number = fields.text("descriptive_q" + i);
      String template = number.matches("\\d{1,2}") ? CHARXIV.get(Integer.valueOf(number)) : null;
      if (template == null) {
        throw new BadRowException(
            "field 'descriptive_q%d': expected the number of a template, 1 to %d, found %s"
                .formatted(i, CHARXIV.size(), fields.found("descriptive_q" + i)));
      }
      int t = Integer.parseInt(number);
      ObjectNode one = copy(row);
      one.put("question", template.replace("{}", t <= LAST_WITH_SUBPLOT ? subplot(fields) : ""));
      one.set("answer", row.path("descriptive_a" + i));
      one.put("group", group(t));
      rows.add(one);
    }
    return rows;
  }

  private static String subplot(Fields fields) throws BadRowException {
    String row = fields.optional("subplot_row").orElse("0");
    if (row.equals("0")) {
      return "For the current plot, ";
    }
    String place = fields.optional("subplot_loc").orElse("");
    return place.isEmpty()
        ? "For the subplot at row %s and column %s, "
            .formatted(row, fields.optional("subplot_col").orElse("0"))
        : "For " + place + ", ";
  }

  private static String group(int template) {
    return switch (template) {
      case 8, 9, 13, 14, 15 -> "enumeration";
      case 10, 12, 19 -> "counting";
      case 11, 16, 18 -> "pattern recognition";
      case 17 -> "compositionality";
      default -> "information extraction";
    };
  }

  private static ObjectNode copy(JsonNode row) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    row.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
    return copy;
  }
}

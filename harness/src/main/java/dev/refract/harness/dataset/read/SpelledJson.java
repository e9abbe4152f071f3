package dev.refract.harness.dataset.read;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON whose numbers keep their spelling: `1.50` and `1e5` become texts, as a benchmark's script
/// that reads golds as texts would see them.
public final class SpelledJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SpelledJson() {}

  /// The value; null when the text is blank.
  public static @Nullable JsonNode tree(String json) {
    try (JsonParser parser = JsonRows.JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        return null;
      }
      JsonNode tree = tree(parser);
      if (parser.nextToken() != null) {
        throw new tools.jackson.core.exc.StreamReadException(
            parser, "unexpected content after the object");
      }
      return tree;
    }
  }

  /// @param parser at the first token of a value
  static JsonNode tree(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          object.set(name, tree(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING ->
          NODES.stringNode(parser.getString());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }
}

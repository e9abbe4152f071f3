package dev.refract.harness.dataset.read;

import dev.hardwood.row.FieldAccessor;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.refract.harness.text.PythonList;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Parquet's values as JSON.
final class ParquetValues {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ParquetValues() {}

  /// @param unsigned names of columns whose integers have no sign
  static ObjectNode object(FieldAccessor struct, Set<String> unsigned) {
    ObjectNode object = object(struct);
    for (String name : unsigned) {
      if (object.has(name)) {
        object.set(name, withoutSign(object.get(name)));
      }
    }
    return object;
  }

  private static JsonNode withoutSign(JsonNode value) {
    if (value.isArray()) {
      ArrayNode array = JSON.arrayNode();
      value.forEach(element -> array.add(withoutSign(element)));
      return array;
    } else if (value.isInt()) {
      return JSON.stringNode(Integer.toUnsignedString(value.asInt()));
    }
    return value.isLong() ? JSON.stringNode(Long.toUnsignedString(value.asLong())) : value;
  }

  static ObjectNode object(FieldAccessor struct) {
    ObjectNode object = JSON.objectNode();
    for (int i = 0; i < struct.getFieldCount(); i++) {
      String name = struct.getFieldName(i);
      object.set(name, value(struct.isNull(name) ? null : struct.getValue(name)));
    }
    return object;
  }

  private static JsonNode value(@Nullable Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case String text -> JSON.stringNode(text);
      case byte[] bytes -> JSON.stringNode(new String(bytes, StandardCharsets.UTF_8));
      case Boolean truth -> JSON.booleanNode(truth);
      case Integer number -> JSON.numberNode(number);
      case Long number -> JSON.numberNode(number);
      // A missing value that pandas left.
      case Float number when number.isNaN() -> JSON.nullNode();
      case Double number when number.isNaN() -> JSON.nullNode();
      case Float number -> JSON.stringNode(PythonList.text(Double.parseDouble(number.toString())));
      case Double number -> JSON.stringNode(PythonList.text(number));
      case PqStruct struct -> object(struct);
      case PqList list -> {
        ArrayNode array = JSON.arrayNode();
        list.values().forEach(element -> array.add(value(element)));
        yield array;
      }
      case PqMap _ -> JSON.nullNode(); // no benchmark uses maps
      default -> JSON.stringNode(value.toString());
    };
  }
}

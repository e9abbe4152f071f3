package dev.refract.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/// CharXiv's nineteen descriptive questions by number; `{}` is the placeholder for the subplot's
/// name.
public final class CharXivTemplates {

  private static final String RESOURCE = "/charxiv/templates.yaml";

  private CharXivTemplates() {}

  public static Map<Integer, String> load() {
    try (InputStream bytes = CharXivTemplates.class.getResourceAsStream(RESOURCE)) {
      if (bytes == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      Map<Integer, String> templates = new HashMap<>();
      StrictYaml.read(bytes.readAllBytes(), RESOURCE, Map.class)
          .forEach(
              (number, text) -> templates.put(Integer.valueOf(number.toString()), text.toString()));
      return Map.copyOf(templates);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

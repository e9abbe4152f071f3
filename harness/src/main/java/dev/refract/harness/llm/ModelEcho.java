package dev.refract.harness.llm;

import dev.refract.harness.os.Notices;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// Notices which model a server says has answered. Some answer with whatever they have loaded, some
/// gateways fall back to another model, and a floating name can move to other weights.
final class ModelEcho {

  /// No server has so many; a hostile one must not fill the memory.
  private static final int MAX_NAMES = 100;

  private final String requested;
  private final String who;
  private final Notices notices;
  private final Set<String> heard = new LinkedHashSet<>();

  /// @param requested the model's name in requests
  /// @param who the endpoint, for messages
  ModelEcho(String requested, String who, Notices notices) {
    this.requested = requested;
    this.who = who;
    this.notices = notices;
  }

  /// @param name as a reply says it; may be empty
  synchronized void heard(String name) {
    if (name.isBlank() || heard.size() >= MAX_NAMES || !heard.add(name)) {
      return;
    }
    if (heard.size() > 1) {
      notices.sayOnce(
          "models of " + who,
          "Warning: the replies of %s name several models: %s; captions and answers may come from different weights"
              .formatted(who, String.join(", ", heard)));
    } else if (!isSame(requested, name)) {
      notices.sayOnce(
          "model of " + who,
          "Warning: %s was asked for %s, and its replies name %s".formatted(who, requested, name));
    }
  }

  /// Whether two names can mean the same model: one is a part of the other, as `gpt-4o` of
  /// `gpt-4o-2024-08-06` and `org/model` of a path.
  static boolean isSame(String requested, String name) {
    String a = plain(requested);
    String b = plain(name);
    return a.contains(b) || b.contains(a) || last(a).equals(last(b));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).strip();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}

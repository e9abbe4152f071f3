package dev.refract.harness.cli;

import dev.refract.harness.answer.ImageAnswerer;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The captioners, answerers and the judge of one command, open until it ends.
final class Models implements AutoCloseable {

  private final List<Captioner> captioners = new ArrayList<>();
  private final List<Optional<ImageAnswerer>> imageAnswerers = new ArrayList<>();
  private final List<TextAnswerer> answerers = new ArrayList<>();
  private @Nullable TextAnswerer judge;

  Models(
      ModelFactory factory,
      List<ModelSpec> captioning,
      List<ModelSpec> answering,
      @Nullable ModelSpec judging)
      throws InterruptedException {
    boolean made = false;
    try {
      for (int i = 0; i < captioning.size(); i++) {
        List<ModelSpec> before = captioning.subList(0, i);
        captioners.add(factory.captioner(captioning.get(i), before));
        imageAnswerers.add(factory.imageAnswerer(captioning.get(i), before));
      }
      for (ModelSpec spec : answering) {
        answerers.add(factory.answerer(spec));
      }
      judge = judging == null ? null : factory.judge(judging);
      made = true;
    } finally {
      if (!made) {
        close();
      }
    }
  }

  List<Captioner> captioners() {
    return captioners;
  }

  /// For each captioner the model that answers in place of all answerers, if it has one.
  List<Optional<ImageAnswerer>> imageAnswerers() {
    return imageAnswerers;
  }

  List<TextAnswerer> answerers() {
    return answerers;
  }

  @Nullable TextAnswerer judge() {
    return judge;
  }

  @Override
  public void close() {
    captioners.forEach(Captioner::close);
    imageAnswerers.forEach(seeing -> seeing.ifPresent(ImageAnswerer::close));
    answerers.forEach(TextAnswerer::close);
    if (judge != null) {
      judge.close();
    }
  }
}

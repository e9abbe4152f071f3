package dev.refract.harness.cli;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The captioners, answerers and the judge of one command, open until it ends.
final class Models implements AutoCloseable {

  private final List<Captioner> captioners = new ArrayList<>();
  private final List<Answerer> answerers = new ArrayList<>();
  private @Nullable Answerer judge;

  Models(
      ModelFactory factory,
      List<ModelSpec> captioning,
      List<ModelSpec> answering,
      @Nullable ModelSpec judging)
      throws InterruptedException {
    boolean made = false;
    try {
      for (int i = 0; i < captioning.size(); i++) {
        captioners.add(factory.captioner(captioning.get(i), captioning.subList(0, i)));
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

  List<Answerer> answerers() {
    return answerers;
  }

  @Nullable Answerer judge() {
    return judge;
  }

  @Override
  public void close() {
    captioners.forEach(Captioner::close);
    answerers.forEach(Answerer::close);
    if (judge != null) {
      judge.close();
    }
  }
}

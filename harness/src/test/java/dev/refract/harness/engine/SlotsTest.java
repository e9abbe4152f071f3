package dev.refract.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.engine.Slots.Slot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotsTest {

  @Test
  void theSlotWithTheSamePrefixIsTaken() throws Exception {
    Slots slots = new Slots(2);
    Slot one = slots.take("a");
    Slot two = slots.take("b");
    slots.give(one, "a");
    slots.give(two, "b");
    assertThat(slots.take("b")).isEqualTo(new Slot(two.id(), "b"));
    assertThat(slots.take("c")).isEqualTo(new Slot(one.id(), "a"));
  }

  @Test
  void whoFindsNoneWaitsForOne() throws Exception {
    Slots slots = new Slots(1);
    Slot only = slots.take("a");
    CompletableFuture<Slot> later =
        CompletableFuture.supplyAsync(() -> {
          try {
            return slots.take("b");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    slots.give(only, null);
    assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(new Slot(0, null));
  }
}

package dev.refract.harness.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The slots of a server that are free, each with the beginning of a prompt that it has evaluated.
public final class Slots {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final List<Slot> free = new ArrayList<>();

  /// @param prefix the beginning of a prompt that is in its cache; null for an unknown one
  public record Slot(int id, @Nullable String prefix) {}

  public Slots(int number) {
    for (int id = 0; id < number; id++) {
      free.add(new Slot(id, null));
    }
  }

  /// Waits for a free slot, and takes one with this prefix if there is one.
  public Slot take(String prefix) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (free.isEmpty()) {
        returned.await();
      }
      Slot slot =
          free.stream()
              .filter(one -> Objects.equals(one.prefix, prefix))
              .findFirst()
              .orElseGet(free::getFirst);
      free.remove(slot);
      return slot;
    } finally {
      lock.unlock();
    }
  }

  /// @param prefix that the slot has evaluated meanwhile
  public void give(Slot slot, @Nullable String prefix) {
    lock.lock();
    try {
      free.add(new Slot(slot.id, prefix));
      returned.signal();
    } finally {
      lock.unlock();
    }
  }
}

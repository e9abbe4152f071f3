package dev.refract.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/// In which order the elements come and when each list is made.
class LazyFlatMapTest {

  private final List<Integer> made = new ArrayList<>();

  private LazyFlatMap<Integer, String> lists(Integer... sizes) {
    return new LazyFlatMap<>(
        List.of(sizes),
        size -> {
          made.add(size);
          List<String> list = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            list.add(size + "." + i);
          }
          return list;
        });
  }

  @Test
  void elementsComeListAfterListAndEmptyListsGiveNone() {
    assertThat(lists(0, 2, 0, 0, 1, 3, 0))
        .containsExactly("2.0", "2.1", "1.0", "3.0", "3.1", "3.2");
    assertThat(lists()).isEmpty();
    assertThat(lists(0, 0)).isEmpty();
  }

  @Test
  void aListIsMadeOnlyWhenItsTurnComes() {
    Iterator<String> elements = lists(2, 1, 3).iterator();
    assertThat(made).isEmpty();
    elements.next();
    assertThat(made).containsExactly(2);
    elements.next();
    assertThat(made).containsExactly(2);
    assertThat(elements.hasNext()).isTrue();
    assertThat(elements.hasNext()).isTrue();
    assertThat(made).containsExactly(2, 1);
    assertThat(elements.next()).isEqualTo("1.0");
  }

  @Test
  void afterTheLastThereIsNone() {
    Iterator<String> elements = lists(1, 0).iterator();
    elements.next();
    assertThat(elements.hasNext()).isFalse();
    assertThatThrownBy(elements::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void eachIteratorBeginsAnew() {
    LazyFlatMap<Integer, String> lists = lists(1);
    assertThat(lists).containsExactly("1.0");
    assertThat(lists).containsExactly("1.0");
    assertThat(made).containsExactly(1, 1);
  }
}

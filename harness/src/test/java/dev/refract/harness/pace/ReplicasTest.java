package dev.refract.harness.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.pace.Replicas.Replica;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicasTest {

  private static final long SECOND = 1_000_000_000L;
  private final Replicas replicas = new Replicas(List.of("a", "b", "c"));

  @Test
  void theServerWithTheFewestOutstandingRequestsIsNext() {
    Replica first = replicas.take(0);
    assertThat(List.of(first.baseUrl(), take(0), take(0))).containsExactly("a", "b", "c");
    replicas.back(first, true, 0);
    assertThat(take(0)).isEqualTo("a");
  }

  @Test
  void anUnreachableServerIsPausedLongerEachTime() {
    assertThat(replicas.back(replicas.take(0), false, 0)).isTrue();
    assertThat(List.of(take(0), take(0), take(0), take(0))).containsExactly("b", "c", "b", "c");
    Replica again = replicas.take(SECOND);
    assertThat(again.baseUrl()).isEqualTo("a");
    replicas.back(again, false, SECOND);
    assertThat(take(2 * SECOND)).isNotEqualTo("a");
    assertThat(take(3 * SECOND)).isEqualTo("a");
  }

  @Test
  void aLoneUnreachableServerIsStillTriedAndThereIsNoOther() {
    Replicas lone = new Replicas(List.of("a"));
    Replica only = lone.take(0);
    assertThat(lone.back(only, false, 0)).isFalse();
    assertThat(lone.take(1).baseUrl()).isEqualTo("a");
  }

  @Test
  void aReplyEndsThePause() {
    replicas.back(replicas.take(0), false, 0);
    Replica again = replicas.take(SECOND);
    replicas.back(again, true, SECOND);
    assertThat(take(SECOND)).isEqualTo("a");
  }

  private String take(long nanos) {
    return replicas.take(nanos).baseUrl();
  }
}

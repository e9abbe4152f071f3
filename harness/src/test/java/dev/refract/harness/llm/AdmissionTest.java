package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Pace;
import dev.refract.reports.result.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many requests are admitted at once, and what ends a wait.
@Timeout(20)
class AdmissionTest {

  private static final AttemptResult REPLY = AttemptResult.succeeded(ChatReply.of("a dog"));
  private static final AttemptResult AWAY =
      new AttemptResult(null, FailureKind.SERVER, "busy", 503, true, null, true, false);

  private final CancellationToken cancellation = new CancellationToken();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Admission admission(ConcurrencyLimit limit, Duration patience) {
    Notices notices = new Notices(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    return new Admission(
        "m at u", limit, new Pace(System.nanoTime()), patience, true, cancellation, notices);
  }

  private Admission admission(ConcurrencyLimit limit) {
    return admission(limit, Duration.ofMinutes(15));
  }

  private static List<Admission.Ticket> taken(Admission admission, int requests)
      throws StoppedException, InterruptedException {
    List<Admission.Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      tickets.add(admission.acquire());
    }
    return tickets;
  }

  /// A thread that wants to send one request.
  private static final class Waiter {

    private final CountDownLatch admitted = new CountDownLatch(1);
    private volatile @Nullable Exception ended;

    Waiter(Admission admission) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try {
              admission.acquire();
              admitted.countDown();
            } catch (StoppedException | InterruptedException e) {
              ended = e;
            }
          });
    }

    boolean isAdmittedWithin(long millis) throws InterruptedException {
      return admitted.await(millis, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void as_many_as_the_limit_pass_and_the_next_waits_for_a_release() throws Exception {
    Admission admission = admission(ConcurrencyLimit.fixed(2));
    List<Admission.Ticket> tickets = taken(admission, 2);
    Waiter third = new Waiter(admission);
    assertThat(third.isAdmittedWithin(300)).isFalse();
    admission.release(tickets.getFirst(), REPLY);
    assertThat(third.isAdmittedWithin(5000)).isTrue();
  }

  @Test
  void a_reply_that_raises_the_limit_admits_two() throws Exception {
    Admission admission = admission(new ConcurrencyLimit(true, 1, 9, true, 0, 0));
    Admission.Ticket ticket = admission.acquire();
    Waiter one = new Waiter(admission);
    Waiter two = new Waiter(admission);
    assertThat(one.isAdmittedWithin(200)).isFalse();
    admission.release(ticket, REPLY);
    assertThat(one.isAdmittedWithin(5000)).isTrue();
    assertThat(two.isAdmittedWithin(5000)).isTrue();
  }

  @Test
  void an_overload_halves_the_limit() throws Exception {
    Admission admission = admission(new ConcurrencyLimit(true, 4, 9, true, 0, 0));
    List<Admission.Ticket> tickets = taken(admission, 4);
    admission.release(tickets.get(0), AWAY); // the limit is 2, and 3 are in flight
    admission.release(tickets.get(1), REPLY);
    Waiter next = new Waiter(admission);
    assertThat(next.isAdmittedWithin(300)).isFalse();
    admission.release(tickets.get(2), REPLY);
    assertThat(next.isAdmittedWithin(5000)).isTrue();
  }

  @Test
  void a_cancellation_ends_every_wait() throws Exception {
    Admission admission = admission(ConcurrencyLimit.fixed(1));
    admission.acquire();
    Waiter next = new Waiter(admission);
    assertThat(next.isAdmittedWithin(200)).isFalse();
    cancellation.cancel(new CancellationToken.Reason(true, "Ctrl-C"));
    while (next.ended == null) {
      Thread.onSpinWait();
    }
    assertThat(next.ended).isInstanceOf(StoppedException.class);
    assertThatThrownBy(admission::acquire).isInstanceOf(StoppedException.class);
  }

  @Test
  void a_server_that_stays_away_stops_the_run_when_patience_ends() throws Exception {
    Admission admission = admission(ConcurrencyLimit.fixed(9), Duration.ZERO);
    for (Admission.Ticket ticket : taken(admission, Pace.MAX_FAILURES)) {
      assertThat(cancellation.isCancelled()).isFalse();
      admission.release(ticket, AWAY);
    }
    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(String.valueOf(cancellation.reason())).contains("m at u", "wait_seconds", "busy");
  }

  @Test
  void a_limit_of_many_hours_stops_the_run() throws Exception {
    Admission admission = admission(ConcurrencyLimit.fixed(1));
    admission.release(
        admission.acquire(),
        new AttemptResult(
            null, FailureKind.SERVER, "quota", 429, true, Duration.ofDays(30), true, false));
    assertThat(String.valueOf(cancellation.reason())).contains("720h00m", "wait_seconds", "quota");
  }

  @Test
  void an_address_that_never_replied_is_not_waited_for() throws Exception {
    Admission admission = admission(ConcurrencyLimit.fixed(99));
    for (Admission.Ticket ticket : taken(admission, 20)) {
      admission.release(ticket, AttemptResult.unreachable("connection refused"));
    }
    assertThat(admission.acquire().probes()).isFalse();
  }

  @Test
  void whoever_waits_for_a_rate_limit_learns_how_long() throws Exception {
    Admission admission = admission(ConcurrencyLimit.fixed(1));
    admission.release(
        admission.acquire(),
        new AttemptResult(
            null, FailureKind.SERVER, "slow down", 429, true, Duration.ofSeconds(90), true, false));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("limits the rate; next request in 1:", "slow down");
  }
}

package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.ChatReply.Latency;
import dev.refract.harness.os.Notices;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ReplyEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What bytes of a server mean: a reply, or a failure that names what was wrong and never the key.
class ReplyReaderTest {

  private static final String KEY = "sk-secret";
  private final ReplyReader reader =
      new ReplyReader(
          new Endpoint("http://h:1/v1", "qwen", KEY),
          new ModelEcho("qwen", "qwen", Notices.none()));

  /// One piece for each text, at the instants 10, 20, 30 and so on.
  private static TimedChunks pieces(String... texts) {
    byte[] bytes = String.join("", texts).getBytes(StandardCharsets.UTF_8);
    int[] ends = new int[texts.length];
    long[] instants = new long[texts.length];
    int end = 0;
    for (int i = 0; i < texts.length; i++) {
      end += texts[i].getBytes(StandardCharsets.UTF_8).length;
      ends[i] = end;
      instants[i] = 10L * (i + 1);
    }
    return new TimedChunks(bytes, bytes.length, ends, instants);
  }

  private static String delta(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n";
  }

  private static final String DONE = "data: [DONE]\n";

  private ChatReply whole(String json) {
    AttemptResult result = reader.whole(pieces(json), false);
    assertThat(result.kind()).isNull();
    return Objects.requireNonNull(result.reply());
  }

  private ChatReply streamed(String... texts) {
    AttemptResult result = reader.streamed(pieces(texts), false, 3);
    assertThat(result.kind()).as(result.message()).isNull();
    return Objects.requireNonNull(result.reply());
  }

  @Test
  void aWholeReplyHasTextReasonAndUsage() {
    AttemptResult result =
        reader.whole(
            pieces(
                """
                {"choices": [{"message": {"content": "A dog"}, "finish_reason": "length"},
                             {"message": {"content": "A cat"}, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 7, "completion_tokens": 2}}
                """),
            false);
    assertThat(result)
        .isEqualTo(
            new AttemptResult(
                new ChatReply(
                    "A dog",
                    Ending.of("length"),
                    new Usage(7, null, 2, null),
                    null,
                    null,
                    List.of()),
                null,
                "",
                200,
                false,
                null,
                true,
                false));
  }

  @Test
  void aReasonThatIsNoTextIsNone() {
    assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":null}]}"))
        .isEqualTo(ChatReply.of(""));
  }

  @Test
  void aRawReplyIsReadFromItsOwnPlace() {
    String raw = "{\"choices\":[{\"text\":\"A dog\"}]}";
    String chat = "{\"choices\":[{\"message\":{\"content\":\"A dog\"}}]}";
    assertThat(Objects.requireNonNull(reader.whole(pieces(raw), true).reply()).text())
        .isEqualTo("A dog");
    assertThat(reader.whole(pieces(chat), true).message())
        .contains("choices[0].text", "qwen at http://h:1/v1", chat);
    assertThat(reader.whole(pieces(raw), false).message())
        .contains("choices[0].message.content", raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n ", "{\"choi", "<html>busy</html>", "{\"choices\":[{\"mess"})
  void aBodyThatIsBlankCutOrNoJsonIsRetried(String text) {
    AttemptResult result = reader.whole(pieces(text), false);
    assertThat(result.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(result.again()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"code\":502,\"message\":\"upstream\"}} | SERVER | true",
        "{\"error\":{\"code\":429,\"message\":\"slow down\"}} | SERVER | true",
        "{\"error\":{\"message\":\"upstream\"}} | SERVER | true",
        "{\"error\":\"overloaded\"} | SERVER | true",
        "{\"error\":{\"code\":\"rate_limited\",\"message\":\"x\"}} | SERVER | true",
        "{\"error\":{\"code\":400,\"message\":\"no\"}} | REFUSED | false",
        "{\"error\":{\"code\":402,\"message\":\"no credit\"}} | DENIED | false",
        "{\"choices\":[{\"error\":{\"code\":503,\"message\":\"x\"},\"message\":{\"content\":\"half\"}}]}"
            + " | SERVER | true"
      })
  void anErrorInsideAReplyOfStatus200IsAFailure(String body, FailureKind kind, boolean again) {
    AttemptResult result = reader.whole(pieces(body), false);
    assertThat(result.reply()).isNull();
    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.again()).isEqualTo(again);
  }

  @Test
  void anErrorThatIsNullIsNoError() {
    assertThat(whole("{\"error\":null,\"choices\":[{\"message\":{\"content\":\"A dog\"}}]}").text())
        .isEqualTo("A dog");
  }

  @ParameterizedTest
  @CsvSource({"401,DENIED", "402,DENIED", "403,DENIED", "400,REFUSED", "404,REFUSED", "500,SERVER"})
  void aStatusSaysWhetherOneRequestOrEveryRequestIsRefused(int status, FailureKind kind) {
    assertThat(reader.refused(status, "no", null).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":null}",
        "{\"choices\":[{\"message\":{\"content\":null}}]}",
        "{\"choices\":[{\"message\":{\"content\":7}}]}"
      })
  void what_is_no_reply_is_a_failure_of_the_protocol_and_may_be_whole_the_next_time(String text) {
    AttemptResult result = reader.whole(pieces(text), false);
    assertThat(result.kind()).isEqualTo(FailureKind.PROTOCOL);
    assertThat(result.again()).isTrue();
    assertThat(result.reply()).isNull();
    assertThat(result.status()).isZero();
    assertThat(result.message()).contains(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"content\": \"A dog\"}~A dog~",
        "{\"content\": [{\"type\": \"text\", \"text\": \"A \"}, {\"type\": \"text\", \"text\":"
            + " \"dog\"}]}~A dog~",
        "{\"content\": [\"A dog\"]}~A dog~",
        "{\"content\": [{\"type\": \"thinking\", \"thinking\": [{\"type\": \"text\", \"text\":"
            + " \"hm\"}]}, {\"type\": \"text\", \"text\": \"A dog\"}]}~A dog~hm",
        "{\"content\": [{\"type\": \"reasoning\", \"summary\": [{\"type\": \"summary_text\","
            + " \"text\": \"hm\"}]}, {\"type\": \"text\", \"text\": \"A dog\"}]}~A dog~hm",
        "{\"content\": \"A dog\", \"reasoning_content\": \"hm\"}~A dog~hm",
        "{\"content\": \"A dog\", \"reasoning\": \"hm\"}~A dog~hm",
        "{\"content\": \"A dog\", \"reasoning\": \"hm\", \"reasoning_content\": \"hm\"}~A dog~hm",
        "{\"content\": null, \"reasoning_content\": \"hm\"}~''~hm",
        "{\"content\": \"\"}~''~",
        "{\"content\": null, \"tool_calls\": [{}]}~''~"
      })
  void content_and_thoughts_have_many_forms(
      String message, String text, @Nullable String thoughts) {
    ChatReply reply = whole("{\"choices\":[{\"message\":" + message + "}]}");
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.ending().thoughts()).isEqualTo(thoughts);
  }

  @Test
  void a_refusal_is_a_reply_that_is_counted_as_filtered() {
    ChatReply reply =
        whole(
            "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":null,\"refusal\":\"I"
                + " cannot\"}}]}");
    assertThat(reply.text()).isEqualTo("I cannot");
    assertThat(reply.ending().end()).isEqualTo(ReplyEnd.FILTERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "abort", "insufficient_system_resource"})
  void a_reply_that_the_server_gave_up_is_a_failure(String reason) {
    AttemptResult result =
        reader.whole(
            pieces(
                "{\"choices\":[{\"finish_reason\":\"%s\",\"message\":{\"content\":\"A\"}}]}"
                    .formatted(reason)),
            false);
    assertThat(result.kind()).isEqualTo(FailureKind.SERVER);
    assertThat(result.again()).isTrue();
    assertThat(result.message()).contains(reason);
  }

  @Test
  void onlyTheBytesThatCountAreRead() {
    byte[] bytes =
        "{\"choices\":[{\"message\":{\"content\":\"A\"}}]}rubbish".getBytes(StandardCharsets.UTF_8);
    TimedChunks chunks =
        new TimedChunks(bytes, bytes.length - "rubbish".length(), new int[0], new long[0]);
    assertThat(Objects.requireNonNull(reader.whole(chunks, false).reply()).text()).isEqualTo("A");
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() {
    assertThat(whole("{\"choices\":[{\"message\":{\"content\":\"a\\ud83d!\"}}]}").text())
        .isEqualTo("a\ufffd!");
    assertThat(streamed(delta("a\\ud83d!"), DONE).text()).isEqualTo("a\ufffd!");
  }

  @Test
  void aPairThatComesInTwoEventsIsWhole() {
    assertThat(streamed(delta("\\ud83d"), delta("\\ude00"), DONE).text()).isEqualTo("😀");
  }

  @Test
  void textIsTimedByThePieceInWhichItsLineEnds() {
    ChatReply reply =
        streamed(
            ": hello\n", delta(""), delta("A"), delta(" red").strip(), "\n", delta(" dog"), DONE);
    assertThat(reply.text()).isEqualTo("A red dog");
    assertThat(reply.latency()).isEqualTo(new Latency(3, 30, 60, 3));
  }

  @Test
  void aStreamWithoutTextHasNoLatency() {
    assertThat(streamed(DONE)).isEqualTo(ChatReply.of(""));
  }

  @Test
  void aLastLineWithoutALineFeedCounts() {
    assertThat(streamed(delta("A"), "data: [DONE]").text()).isEqualTo("A");
    ChatReply reply =
        streamed("data:{\"choices\":[{\"delta\":{\"content\":\"B\"},\"finish_reason\":\"stop\"}]}");
    assertThat(reply.text()).isEqualTo("B");
    assertThat(reply.ending().finishReason()).isEqualTo("stop");
    assertThat(reply.latency()).isEqualTo(new Latency(3, 10, 10, 1));
  }

  @Test
  void aReasonToFinishCompletesAStreamWithoutAnEndMark() {
    assertThat(
            streamed(
                    delta("A"),
                    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n")
                .ending()
                .finishReason())
        .isEqualTo("length");
  }

  @Test
  void theLastUsageCountsFieldByField() {
    assertThat(
            streamed(
                    "data: {\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1}}\n",
                    "data: {\"usage\":{\"completion_tokens\":2}}\n",
                    "data: {\"usage\":null}\n",
                    DONE)
                .usage())
        .isEqualTo(new Usage(7, null, 2, null));
  }

  @Test
  void aRawStreamIsReadFromItsOwnPlace() {
    AttemptResult result =
        reader.streamed(pieces("data: {\"choices\":[{\"text\":\"A\"}]}\n", DONE), true, 0);
    assertThat(Objects.requireNonNull(result.reply()).text()).isEqualTo("A");
    assertThat(streamed("data: {\"choices\":[{\"text\":\"A\"}]}\n", DONE).text()).isEmpty();
  }

  @Test
  void linesOfOtherFieldsAreNoEvents() {
    assertThat(streamed("event: x\nid: 1\n\n metadata: {\n", "data:[DONE]\r\n").text()).isEmpty();
  }

  @Test
  void aStreamWithoutAnEndIsACutConnectionAndTriedAgain() {
    for (TimedChunks cut :
        List.of(
            pieces(delta("A")),
            pieces(""),
            pieces(delta("A"), "data: {\"choi"),
            pieces(DONE, "data: {\"choi"))) {
      AttemptResult result = reader.streamed(cut, false, 0);
      assertThat(result.kind()).isEqualTo(FailureKind.CONNECTION);
      assertThat(result.again()).isTrue();
      assertThat(result.reply()).isNull();
      assertThat(result.message()).contains("qwen at http://h:1/v1");
    }
  }

  @Test
  void anErrorInAStreamIsTheServersEvenIfItEnds() {
    AttemptResult result =
        reader.streamed(
            pieces(delta("A"), "data: {\"error\":{\"message\":\"no memory\"}}\n", DONE), false, 0);
    assertThat(result.kind()).isEqualTo(FailureKind.SERVER);
    assertThat(result.again()).isTrue();
    assertThat(result.message()).contains("no memory", "qwen at http://h:1/v1");
  }

  @Test
  void aStatusThatMayChangeIsTheServersFaultAndAnyOtherIsARefusal() {
    AttemptResult busy = reader.refused(503, "busy", Duration.ofSeconds(7));
    assertThat(busy.kind()).isEqualTo(FailureKind.SERVER);
    assertThat(busy.again()).isTrue();
    assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.elsewhere()).isFalse();
    AttemptResult no = reader.refused(501, "never", null);
    assertThat(no.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(no.again()).isFalse();
    assertThat(no.retryAfter()).isNull();
    assertThat(no.message()).contains("qwen at http://h:1/v1", "501", "never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"error\":{\"message\":\"m1\"},\"message\":\"m2\"}|m1",
        "{\"message\":\"m2\",\"detail\":\"m3\"}|m2",
        "{\"detail\":\"m3\",\"error\":\"m4\"}|m3",
        "{\"error\":\"m4\"}|m4",
        "{\"detail\":[\"m5\"]}|{\"detail\":[\"m5\"]}",
        "{\"message\":7}|{\"message\":7}",
        "<html>m6|m6"
      })
  void theMessageInsideOfAnErrorIsQuotedOrElseAllOfIt(String body, String message) {
    assertThat(reader.refused(500, body, null).message()).endsWith(" 500: " + message);
  }

  @Test
  void aFilterRefusesOneInputAndNotAllOfThem() {
    AttemptResult result =
        reader.refused(403, "Your input was flagged: this model requires moderation", null);
    assertThat(result.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(result.message()).contains("filter").doesNotContain("api_key_env");
  }

  @Test
  void aRefusalForWantOfAKeyNamesTheSetting() {
    assertThat(reader.refused(401, "no", null).message()).contains("api_key_env");
    assertThat(reader.refused(403, "no", null).message()).contains("api_key_env");
    assertThat(reader.refused(402, "no", null).message()).contains("402: no", "credit");
  }

  @Test
  void aPlaceThatIsNotThereIsTheModelOrTheBaseUrl() {
    assertThat(reader.refused(404, "The MODEL is gone", null).message())
        .contains("'qwen'", "http://h:1/v1/models");
    assertThat(reader.refused(404, "Not Found", null).message())
        .contains("/v1")
        .doesNotContain("'qwen'", "/models");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the Context is full",
        "max_tokens is 9",
        "above max_model_len",
        "maximum of 9 tokens",
        "the image takes too many tokens of the context"
      })
  void wordsOfLengthPointToTheContext(String said) {
    for (int status : List.of(400, 413, 422)) {
      assertThat(reader.refused(status, said, null).message())
          .contains("lower max_tokens")
          .doesNotContain("image is probably too large");
    }
    assertThat(reader.refused(409, said, null).message()).endsWith(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Image too big",
        "too many pixels",
        "no multimodal model for it",
        "no multi-modal model",
        "maximum image size"
      })
  void wordsOfPicturesPointToTheImage(String said) {
    for (int status : List.of(400, 422)) {
      assertThat(reader.refused(status, said, null).message())
          .contains("image is probably too large")
          .doesNotContain("lower max_tokens");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"the maximum", "a token", "bad request"})
  void otherWordsPointNowhere(String said) {
    assertThat(reader.refused(400, said, null).message()).endsWith("400: " + said);
  }

  @Test
  void theKeyIsNeverQuoted() {
    assertThat(reader.refused(401, "key sk-secret is wrong", null).message())
        .contains("key *** is wrong")
        .doesNotContain(KEY);
    assertThat(reader.whole(pieces("<p>sk-secret"), false).message()).contains("<p>***");
    ReplyReader keyless =
        new ReplyReader(
            new Endpoint("http://h:1/v1", "qwen", null),
            new ModelEcho("qwen", "qwen", Notices.none()));
    assertThat(keyless.refused(500, "sk-secret", null).message()).contains(KEY);
  }

  @Test
  void whatIsQuotedStandsOnOneLine() {
    assertThat(reader.refused(500, "\n a\r\n\tb \u0007c \n", null).message())
        .endsWith("500: a b c");
  }

  @Test
  void threeHundredCharactersAreQuotedAndMoreAreCut() {
    assertThat(reader.refused(500, "x".repeat(300), null).message())
        .endsWith(" " + "x".repeat(300));
    assertThat(reader.refused(500, "x".repeat(301), null).message())
        .endsWith(" " + "x".repeat(300) + "...");
  }

  @Test
  void blanksAreTakenOutBeforeTheQuoteIsCut() {
    assertThat(reader.refused(500, " ".repeat(1000) + "x".repeat(200) + "y", null).message())
        .endsWith(" " + "x".repeat(200));
    assertThat(reader.refused(500, " ".repeat(1000) + "x".repeat(199) + "y", null).message())
        .endsWith(" " + "x".repeat(199) + "y");
  }

  @Test
  void noPartOfTheKeyIsQuotedWhereTheTextIsCut() {
    String text = " ".repeat(1192) + "sk-secret";
    assertThat(reader.refused(401, text, null).message()).doesNotContain("sk-secre");
  }
}

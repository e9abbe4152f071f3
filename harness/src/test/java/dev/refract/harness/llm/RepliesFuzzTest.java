package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.refract.harness.os.Notices;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// Whatever bytes a server sends, they become a reply or a failure, and no exception.
class RepliesFuzzTest {

  private final ReplyReader reader =
      new ReplyReader(
          new Endpoint("http://h:1/v1", "qwen", "sk-secret"),
          new ModelEcho("qwen", "qwen", Notices.none()));

  @FuzzTest
  void reply(byte[] body) throws IOException {
    assertThat(reader.whole(chunks(body), false)).isNotNull();
    assertThat(reader.whole(chunks(body), true)).isNotNull();
  }

  @FuzzTest
  void stream(byte[] body) throws IOException {
    assertThat(reader.streamed(chunks(body), false, 0)).isNotNull();
  }

  private static TimedChunks chunks(byte[] body) throws IOException {
    return TimedChunks.read(new ByteArrayInputStream(body), body.length, () -> {}).orElseThrow();
  }
}

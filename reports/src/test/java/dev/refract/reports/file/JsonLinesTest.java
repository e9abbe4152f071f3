package dev.refract.reports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines that carry a checksum of themselves.
class JsonLinesTest {

  record Entry(String name, @Nullable Integer number) {}

  record Nothing() {}

  @TempDir private Path folder;

  private Path file(Object... values) throws IOException {
    Path file = folder.resolve("lines.jsonl");
    JsonLines.replace(file, List.of(values));
    return file;
  }

  @Test
  void aLineEndsWithTheChecksumOfItsJsonWithoutIt() {
    String line = new String(JsonLines.of(new Entry("ä", 1)), StandardCharsets.UTF_8);
    CRC32C sum = new CRC32C();
    sum.update("{\"name\":\"ä\",\"number\":1}".getBytes(StandardCharsets.UTF_8));
    assertThat(line)
        .isEqualTo("{\"name\":\"ä\",\"number\":1,\"crc32c\":\"%08x\"}\n".formatted(sum.getValue()));
    assertThat(new String(JsonLines.of(new Nothing()), StandardCharsets.UTF_8))
        .startsWith("{\"crc32c\":\"")
        .endsWith("\"}\n");
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    List<Entry> entries = List.of(new Entry("a\n\u2028\"", null), new Entry("{}", 2));
    assertThat(JsonLines.read(file(entries.toArray()), Entry.class)).isEqualTo(entries);
    assertThat(JsonLines.read(file(new Nothing()), Nothing.class)).containsExactly(new Nothing());
    assertThat(JsonLines.read(file(), Entry.class)).isEmpty();
  }

  @Test
  void everyFlippedBitOfALineIsFoundAndItsLineIsNamed() throws IOException {
    Path file = file(new Entry("first", 1), new Entry("second", 2), new Entry("third", 3));
    byte[] whole = Files.readAllBytes(file);
    int from = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    int to = new String(whole, StandardCharsets.UTF_8).indexOf('\n', from);
    for (int at = from; at < to; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        Files.write(file, flipped);
        assertThatThrownBy(() -> JsonLines.read(file, Entry.class))
            .as("bit %d of byte %d", bit, at)
            .isInstanceOf(RunFormatException.class)
            .hasMessageContaining("lines.jsonl:2:");
      }
    }
  }

  @Test
  void linesThatWereMergedOrFilledWithZeroesAreFound() throws IOException {
    Path file = file(new Entry("first", 1), new Entry("second", 2));
    String whole = Files.readString(file);
    Files.writeString(file, whole.replaceFirst("\n", ""));
    assertThatThrownBy(() -> JsonLines.read(file, Entry.class))
        .hasMessageContaining("lines.jsonl:1:");
    Files.writeString(file, whole);
    Files.write(file, new byte[512], StandardOpenOption.APPEND); // as after a power cut
    assertThatThrownBy(() -> JsonLines.read(file, Entry.class))
        .hasMessageContaining("lines.jsonl:3:");
  }

  @Test
  void anEditedNumberIsFoundEvenWithALeftOverChecksum() throws IOException {
    Path file = file(new Entry("score", 0));
    Files.writeString(file, Files.readString(file).replace(":0,", ":1,"));
    assertThatThrownBy(() -> JsonLines.read(file, Entry.class))
        .hasMessageContaining("lines.jsonl:1: its checksum does not match");
    Files.writeString(file, "{\"name\":\"score\",\"number\":1}\n");
    assertThatThrownBy(() -> JsonLines.read(file, Entry.class))
        .hasMessageContaining("lines.jsonl:1: has no checksum");
  }

  @Test
  void aTornTailIsRefusedByAReaderOfTheWholeAndIgnoredByOneBesideAWriter() throws IOException {
    Path file = file(new Entry("first", 1), new Entry("second", 2));
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 5));
    assertThatThrownBy(() -> JsonLines.read(file, Entry.class))
        .hasMessageContaining("lines.jsonl:2:");
    List<Entry> seen = new ArrayList<>();
    JsonLines.forEach(file, Entry.class, (entry, _, _) -> seen.add(entry));
    assertThat(seen).containsExactly(new Entry("first", 1));
  }

  @Test
  void linesOfOlderVersionsNeedNoChecksumButARightOne() throws IOException {
    Path file = file(new Entry("new", 1));
    Files.writeString(file, "{\"name\":\"old\",\"number\":2}\n", StandardOpenOption.APPEND);
    List<Entry> seen = new ArrayList<>();
    JsonLines.forEachOlder(file, Entry.class, seen::add);
    assertThat(seen).containsExactly(new Entry("new", 1), new Entry("old", 2));
    Files.writeString(file, Files.readString(file).replace("\"new\"", "\"now\""));
    assertThatThrownBy(() -> JsonLines.forEachOlder(file, Entry.class, seen::add))
        .hasMessageContaining("lines.jsonl:1:");
  }

  @Test
  void noDamageOfAnyKindMakesAnotherValue() throws IOException {
    List<Object> entries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      entries.add(new Entry("entry " + i, i));
    }
    Path file = file(entries.toArray());
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = whole.clone();
      int from = random.nextInt(damaged.length);
      int to = Math.min(damaged.length, from + 1 + random.nextInt(64));
      for (int at = from; at < to; at++) {
        damaged[at] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      List<Object> seen = new ArrayList<>();
      try {
        JsonLines.forEach(file, Entry.class, (entry, _, _) -> seen.add(entry));
      } catch (RunFormatException e) {
        assertThat(e).hasMessageContaining("lines.jsonl:");
      }
      assertThat(entries).containsAll(seen);
    }
  }
}

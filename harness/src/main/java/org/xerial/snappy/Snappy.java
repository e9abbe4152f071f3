package org.xerial.snappy;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Decompresses blocks of Snappy, as google/snappy's format_description.txt defines them. Every
/// access is checked by Java, so that no input can write or read outside of the two buffers.
public final class Snappy {

  private static final int MAX_LENGTH_BYTES = 5;

  private Snappy() {}

  /// The one method that Hardwood calls.
  ///
  /// @param compressed from its position to its limit
  /// @param uncompressed written from its position; its limit becomes the end of the data
  /// @return the number of bytes written
  /// @throws IOException when the block is damaged, or larger than its buffer
  public static int uncompress(ByteBuffer compressed, ByteBuffer uncompressed) throws IOException {
    byte[] block = new byte[compressed.remaining()];
    compressed.duplicate().get(block);
    byte[] whole = uncompress(block, uncompressed.remaining());
    uncompressed.duplicate().put(whole);
    uncompressed.limit(uncompressed.position() + whole.length);
    return whole.length;
  }

  /// @param most the largest length that is accepted
  static byte[] uncompress(byte[] block, int most) throws IOException {
    try {
      return new Block(block, most).uncompressed();
    } catch (IndexOutOfBoundsException _) {
      throw new IOException("damaged Snappy data: it refers to bytes that are not there");
    }
  }

  /// One block while it is read.
  private static final class Block {

    private final byte[] in;
    private final byte[] out;
    private int from;
    private int to;

    Block(byte[] in, int most) throws IOException {
      this.in = in;
      long length = 0;
      int shift = 0;
      int next;
      do {
        next = in[from++];
        length |= (long) (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0 && from < MAX_LENGTH_BYTES);
      if (next < 0 || length > most) {
        throw new IOException(
            "damaged Snappy data: it claims %d bytes, expected at most %d".formatted(length, most));
      }
      this.out = new byte[(int) length];
    }

    byte[] uncompressed() throws IOException {
      while (from < in.length) {
        int tag = in[from++] & 0xff;
        switch (tag & 3) {
          case 0 -> literal(tag >>> 2);
          case 1 -> copy(4 + (tag >>> 2 & 7), (tag & 0xe0) << 3 | in[from++] & 0xff);
          case 2 -> copy(1 + (tag >>> 2), (int) number(2));
          default -> copy(1 + (tag >>> 2), number(4));
        }
      }
      if (to != out.length) {
        throw new IOException(
            "damaged Snappy data: %d bytes, expected %d".formatted(to, out.length));
      }
      return out;
    }

    /// @param size the length less one, or 59 and the number of bytes that hold it
    private void literal(int size) {
      long length = 1 + (size < 60 ? size : number(size - 59));
      if (length > in.length - from) {
        throw new IndexOutOfBoundsException();
      }
      System.arraycopy(in, from, out, to, (int) length);
      from += (int) length;
      to += (int) length;
    }

    /// Repeats earlier output; the ranges may overlap.
    private void copy(int length, long distance) {
      if (distance <= 0 || distance > to) {
        throw new IndexOutOfBoundsException();
      }
      int source = to - (int) distance;
      if (distance >= length) {
        System.arraycopy(out, source, out, to, length);
        to += length;
        return;
      }
      for (int i = 0; i < length; i++) {
        out[to++] = out[source++];
      }
    }

    /// A little-endian number.
    private long number(int bytes) {
      long value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (in[from++] & 0xffL) << (8 * i);
      }
      return value;
    }
  }
}

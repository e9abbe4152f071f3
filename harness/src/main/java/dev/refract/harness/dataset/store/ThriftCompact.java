package dev.refract.harness.dataset.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Writes Thrift's compact protocol, which Parquet uses for headers and footers; supports only the
/// five kinds of values that they need.
final class ThriftCompact {

  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int last;

  byte[] bytes() {
    return out.toByteArray();
  }

  ThriftCompact i32(int field, int value) {
    header(field, I32);
    zigzag(value);
    return this;
  }

  ThriftCompact i64(int field, long value) {
    header(field, I64);
    zigzag(value);
    return this;
  }

  ThriftCompact text(int field, String value) {
    header(field, BINARY);
    text(value);
    return this;
  }

  ThriftCompact i32s(int field, int... values) {
    list(field, values.length, I32);
    for (int value : values) {
      zigzag(value);
    }
    return this;
  }

  ThriftCompact texts(int field, Iterable<String> values, int count) {
    list(field, count, BINARY);
    values.forEach(this::text);
    return this;
  }

  /// Begins a list of structs; then call {@link #element} and {@link #end} for each.
  ThriftCompact structs(int field, int count) {
    list(field, count, STRUCT);
    return this;
  }

  ThriftCompact struct(int field) {
    header(field, STRUCT);
    return element();
  }

  ThriftCompact element() {
    outer.push(last);
    last = 0;
    return this;
  }

  /// Ends a struct, including the outermost one.
  ThriftCompact end() {
    out.write(0);
    last = outer.isEmpty() ? 0 : outer.pop();
    return this;
  }

  private void header(int field, int type) {
    out.write((field - last) << 4 | type); // field numbers grow by at most 15
    last = field;
  }

  private void list(int field, int count, int type) {
    header(field, LIST);
    if (count < 15) {
      out.write(count << 4 | type);
    } else {
      out.write(0xf0 | type);
      varint(count);
    }
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  private void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}

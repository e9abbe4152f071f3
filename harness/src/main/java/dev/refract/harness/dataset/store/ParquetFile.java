package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.store.ParquetColumn.Shape;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes Parquet: byte strings, uncompressed and in plain encoding, in row groups of some
/// megabytes, so that a dataset of any size needs little memory. Images are already compressed.
///
/// Source: the Parquet format, version 1 data pages.
final class ParquetFile implements AutoCloseable {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final long ROW_GROUP_BYTES = 16 << 20;
  private static final int BYTE_ARRAY = 6;
  private static final int UTF8 = 0;
  private static final int LIST = 3;
  private static final int NONE = -1;
  private static final int RLE = 3;

  private final OutputStream out;
  private final List<Node> schema;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private long at;
  private int rows;

  /// A node of the schema in depth-first order.
  ///
  /// @param repetition 0 required, 1 optional, 2 repeated
  /// @param children 0 for a leaf
  /// @param meaning `UTF8`, `LIST` or `NONE`
  private record Node(String name, int repetition, int children, int meaning) {}

  private record Chunk(List<String> path, long offset, long size, int entries) {}

  private record Group(List<Chunk> chunks, int rows) {}

  /// The columns of the file.
  static final class Schema {

    private final List<Node> nodes = new ArrayList<>();
    private final List<ParquetColumn> columns = new ArrayList<>();
    private int fields;

    Schema text(String name, Shape shape) {
      fields++;
      if (shape == Shape.LIST) {
        list(name);
        nodes.add(new Node("element", 0, 0, UTF8));
        columns.add(new ParquetColumn(List.of(name, "list", "element"), shape));
      } else {
        nodes.add(new Node(name, shape == Shape.ONE ? 0 : 1, 0, UTF8));
        columns.add(new ParquetColumn(List.of(name), shape));
      }
      return this;
    }

    /// A list of `bytes` and `path`, the form of images on the hub: two columns.
    Schema images(String name) {
      fields++;
      list(name);
      nodes.add(new Node("element", 0, 2, NONE));
      nodes.add(new Node("bytes", 0, 0, NONE));
      nodes.add(new Node("path", 0, 0, UTF8));
      columns.add(new ParquetColumn(List.of(name, "list", "element", "bytes"), Shape.LIST));
      columns.add(new ParquetColumn(List.of(name, "list", "element", "path"), Shape.LIST));
      return this;
    }

    private void list(String name) {
      nodes.add(new Node(name, 0, 1, LIST));
      nodes.add(new Node("list", 2, 1, NONE));
    }
  }

  ParquetFile(Path file, Schema schema) throws IOException {
    this.schema = new ArrayList<>();
    this.schema.add(new Node("schema", 0, schema.fields, NONE));
    this.schema.addAll(schema.nodes);
    this.columns.addAll(schema.columns);
    this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    write(MAGIC);
  }

  /// @param values the values of each column, in the schema's order
  void row(List<List<byte[]>> values) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(values.get(i));
    }
    rows++;
    if (columns.stream().mapToLong(ParquetColumn::size).sum() > ROW_GROUP_BYTES) {
      flush();
    }
  }

  private void flush() throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    for (ParquetColumn column : columns) {
      byte[] page = column.page();
      byte[] header =
          new ThriftCompact()
              .i32(1, 0) // a data page
              .i32(2, page.length)
              .i32(3, page.length)
              .struct(5)
              .i32(1, column.entries())
              .i32(2, 0) // plain
              .i32(3, RLE)
              .i32(4, RLE)
              .end()
              .end()
              .bytes();
      chunks.add(
          new Chunk(column.path(), at, (long) header.length + page.length, column.entries()));
      write(header);
      write(page);
      column.clear();
    }
    groups.add(new Group(chunks, rows));
    rows = 0;
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }

  /// Writes the remaining rows and the footer; without the footer the file is not valid Parquet.
  void finish() throws IOException {
    if (rows > 0) {
      flush();
    }
    byte[] footer = footer();
    write(footer);
    ByteArrayOutputStream length = new ByteArrayOutputStream();
    ParquetColumn.little(length, footer.length);
    write(length.toByteArray());
    write(MAGIC);
  }

  private byte[] footer() {
    ThriftCompact footer = new ThriftCompact().i32(1, 1).structs(2, schema.size());
    for (Node node : schema) {
      footer.element();
      boolean root = node == schema.getFirst();
      if (node.children == 0) {
        footer.i32(1, BYTE_ARRAY);
      }
      if (!root) {
        footer.i32(3, node.repetition);
      }
      footer.text(4, node.name);
      if (node.children > 0) {
        footer.i32(5, node.children);
      }
      if (node.meaning != NONE) {
        footer.i32(6, node.meaning);
      }
      footer.end();
    }
    footer.i64(3, groups.stream().mapToLong(Group::rows).sum()).structs(4, groups.size());
    for (Group group : groups) {
      footer.element().structs(1, group.chunks.size());
      group.chunks.forEach(chunk -> chunk(footer, chunk));
      footer.i64(2, group.chunks.stream().mapToLong(Chunk::size).sum()).i64(3, group.rows).end();
    }
    return footer.text(6, "refract").end().bytes();
  }

  private static void chunk(ThriftCompact footer, Chunk chunk) {
    footer
        .element()
        .i64(2, chunk.offset)
        .struct(3)
        .i32(1, BYTE_ARRAY)
        .i32s(2, 0, RLE)
        .texts(3, chunk.path, chunk.path.size())
        .i32(4, 0) // uncompressed
        .i64(5, chunk.entries)
        .i64(6, chunk.size)
        .i64(7, chunk.size)
        .i64(9, chunk.offset)
        .end()
        .end();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

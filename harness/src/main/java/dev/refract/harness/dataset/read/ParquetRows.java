package dev.refract.harness.dataset.read;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.Columns;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Parquet as stored on the Hugging Face hub: images are structs of `bytes` and `path`, lists of
/// such structs, or plain bytes.
///
/// Row groups are read one after the other. In each, one reader reads texts and numbers, and others
/// read the image bytes a few rows at a time, since a row group of images may be larger than
/// memory. Columns that the manifest does not name are not read.
record ParquetRows() implements dev.refract.harness.dataset.read.RowReader {

  private static final Set<CompressionCodec> CODECS =
      Set.of(
          CompressionCodec.UNCOMPRESSED,
          CompressionCodec.GZIP,
          CompressionCodec.SNAPPY,
          CompressionCodec.ZSTD,
          CompressionCodec.LZ4,
          CompressionCodec.LZ4_RAW,
          CompressionCodec.BROTLI);

  /// Hides the library's log messages about the processor from users.
  private static final Logger REMARKS = Logger.getLogger("dev.hardwood");

  /// Number of pages to decode ahead. An image page may be 100 MB, and reading 2 GB of them with
  /// one page ahead took as long as with eight.
  private static final String PAGES_AHEAD = "hardwood.internal.maxOutstanding";

  static {
    REMARKS.setLevel(Level.WARNING);
    System.setProperty(PAGES_AHEAD, System.getProperty(PAGES_AHEAD, "1"));
  }

  @Override
  public void read(Path file, Columns columns, Row.Sink sink) throws IOException {
    new WatchedReading(file).read(sink, watched -> read(watched.input(), file, columns, watched));
  }

  private static void read(InputFile input, Path file, Columns columns, Row.Sink sink)
      throws IOException {
    try (HardwoodContext context =
            HardwoodContext.create(Math.min(4, Runtime.getRuntime().availableProcessors()));
        ParquetFileReader parquet = open(input, file, context)) {
      FileSchema schema = parquet.getFileSchema();
      List<ImageColumn> images = images(file, schema, columns);
      ColumnProjection others = others(schema, columns, images);
      List<String> known = schema.getRootNode().children().stream().map(SchemaNode::name).toList();
      QuestionMapper.noteAbsent(file, columns, name -> known.contains(root(name)), sink);
      long[] number = {0};
      for (RowGroup group : parquet.getFileMetaData().rowGroups()) {
        checkCodecs(file, group);
        rows(file, parquet, group, others, images, columns.image().imagePrefix(), sink, number);
      }
    } catch (DatasetException e) {
      throw e;
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof OutOfMemoryError) {
        throw new DatasetException(
            file + ": its pages exceed the Java heap; raise it with JAVA_TOOL_OPTIONS=-Xmx8g");
      }
      throw new DatasetException(file + ": not a readable Parquet file: " + cause.getMessage());
    }
  }

  private static ParquetFileReader open(InputFile input, Path file, HardwoodContext context)
      throws NoSuchFileException {
    try {
      return ParquetFileReader.open(input, context);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new DatasetException(file + ": not a readable Parquet file: " + e.getMessage());
    }
  }

  /// An image column's leaves.
  ///
  /// @param bytes path of the binary leaf, or empty when there are only paths
  /// @param path path of the text leaf, or empty
  private record ImageColumn(String name, String bytes, String path) {}

  private static void rows(
      Path file,
      ParquetFileReader parquet,
      RowGroup group,
      ColumnProjection others,
      List<ImageColumn> images,
      @Nullable String prefix,
      Row.Sink sink,
      long[] number)
      throws IOException {
    RowGroupPredicate here = extent(group);
    Set<String> unsigned = unsigned(parquet.getFileSchema());
    List<ParquetBytes> bytes = new ArrayList<>();
    try (RowReader rows = parquet.buildRowReader().projection(others).filter(here).build()) {
      for (ImageColumn image : images) {
        bytes.add(ParquetBytes.open(parquet, image.bytes, here));
      }
      while (rows.hasNext()) {
        rows.next();
        number[0]++;
        String place = "%s: row %d".formatted(file, number[0]);
        ObjectNode fields = ParquetValues.object(rows, unsigned);
        List<List<byte[]>> binaries = new ArrayList<>();
        for (ParquetBytes column : bytes) {
          binaries.add(column.next());
        }
        List<Row.Cell> cells = new ArrayList<>();
        try {
          for (int i = 0; i < images.size(); i++) {
            add(cells, new Fields(fields), images.get(i), binaries.get(i), prefix);
          }
        } catch (BadRowException e) {
          sink.bad(place, String.valueOf(e.getMessage()));
          continue;
        }
        sink.row(new Row(place, number[0], fields, cells));
      }
    } finally {
      bytes.forEach(ParquetBytes::close);
    }
  }

  private static Set<String> unsigned(FileSchema schema) {
    Set<String> names = new LinkedHashSet<>();
    for (ColumnSchema leaf : schema.getColumns()) {
      if (leaf.logicalType() instanceof LogicalType.IntType type && !type.isSigned()) {
        names.add(root(leaf.fieldPath().toString()));
      }
    }
    return names;
  }

  private static void add(
      List<Row.Cell> cells,
      Fields fields,
      ImageColumn column,
      List<byte[]> values,
      @Nullable String prefix)
      throws BadRowException {
    if (column.bytes.isEmpty()) {
      cells.addAll(ImageText.cells(fields.at(column.name), prefix));
      return;
    }
    List<String> paths = column.path.isEmpty() ? List.of() : paths(fields.at(column.name));
    for (int i = 0; i < values.size(); i++) {
      String path = i < paths.size() && !paths.get(i).isBlank() ? paths.get(i) : null;
      if (values.get(i).length > 0) {
        cells.add(new Row.Cell.Bytes(path, ImageText.unwrapped(values.get(i))));
      } else if (path != null) {
        cells.add(ImageText.cell(path, prefix));
      }
    }
  }

  /// The `path` values of a struct or of a list of structs, one for each element.
  private static List<String> paths(JsonNode value) {
    if (!value.isArray()) {
      return List.of(value.path("path").asString(""));
    }
    List<String> paths = new ArrayList<>();
    value.forEach(element -> paths.add(element.path("path").asString("")));
    return paths;
  }

  private static List<ImageColumn> images(Path file, FileSchema schema, Columns columns) {
    Set<String> missing = new TreeSet<>();
    List<String> known = schema.getRootNode().children().stream().map(SchemaNode::name).toList();
    QuestionMapper.needed(columns).stream()
        .filter(name -> !known.contains(name) && !known.contains(name.split("\\.", 2)[0]))
        .forEach(missing::add);
    if (!missing.isEmpty()) {
      throw new DatasetException(
          "%s: columns %s are missing; found %s".formatted(file, missing, known));
    }
    List<ImageColumn> images = new ArrayList<>();
    for (String name :
        columns.image().images() == null ? List.<String>of() : columns.image().images()) {
      String bytes = "";
      String path = "";
      List<String> binary = new ArrayList<>();
      for (ColumnSchema leaf : schema.getColumns()) {
        String whole = leaf.fieldPath().toString();
        if (root(whole).equals(name) && leaf.type() == PhysicalType.BYTE_ARRAY) {
          boolean text = leaf.logicalType() instanceof LogicalType.StringType;
          if (whole.endsWith(".bytes")) {
            bytes = whole; // base64 where it is a text
          } else if (!text) {
            binary.add(whole);
          } else if (path.isEmpty() || whole.endsWith("path")) {
            path = whole;
          }
        }
      }
      if (bytes.isEmpty() && binary.size() > 1) {
        throw new DatasetException(
            "%s: column '%s' has several binary fields, %s, and none is called 'bytes'"
                .formatted(file, name, binary));
      }
      bytes = bytes.isEmpty() && !binary.isEmpty() ? binary.getFirst() : bytes;
      if (!bytes.isEmpty() || !path.isEmpty()) {
        images.add(new ImageColumn(name, bytes, path));
      } else if (known.contains(name)) {
        throw new DatasetException(
            "%s: column '%s' contains neither bytes nor paths".formatted(file, name));
      }
    }
    return images;
  }

  private static ColumnProjection others(
      FileSchema schema, Columns columns, List<ImageColumn> images) {
    Set<String> roots = new LinkedHashSet<>();
    List<String> known = schema.getRootNode().children().stream().map(SchemaNode::name).toList();
    Set<String> named = new LinkedHashSet<>(QuestionMapper.needed(columns));
    named.addAll(QuestionMapper.optional(columns));
    if (columns.image().images() != null) {
      named.removeAll(columns.image().images());
    }
    for (String name : named) {
      roots.add(known.contains(name) ? name : name.split("\\.", 2)[0]);
    }
    roots.retainAll(known);
    images.stream().map(ImageColumn::path).filter(p -> !p.isEmpty()).forEach(roots::add);
    return ColumnProjection.columns(roots.toArray(String[]::new));
  }

  private static String root(String path) {
    return path.split("\\.", 2)[0];
  }

  private static void checkCodecs(Path file, RowGroup group) {
    for (ColumnChunk chunk : group.columns()) {
      CompressionCodec codec = chunk.metaData().codec();
      if (!CODECS.contains(codec)) {
        throw new DatasetException(
            "%s: compressed with %s, which is not supported; rewrite it with zstd"
                .formatted(file, codec));
      }
    }
  }

  /// The byte range of a row group in its file, which limits a reader to this group.
  private static RowGroupPredicate extent(RowGroup group) {
    long start = Long.MAX_VALUE;
    long size = 0;
    for (ColumnChunk chunk : group.columns()) {
      ColumnMetaData data = chunk.metaData();
      Long dictionary = data.dictionaryPageOffset();
      start = Math.min(start, data.dataPageOffset());
      if (dictionary != null && dictionary > 0) {
        start = Math.min(start, dictionary);
      }
      size += data.totalCompressedSize();
    }
    return RowGroupPredicate.byteRange(start, start + size);
  }
}

package dev.refract.harness.dataset.read;

import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.LayerKind;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The binary values of one column, record by record, with only a few in memory at a time.
final class ParquetBytes implements AutoCloseable {

  private static final int BATCH_ROWS = 8;

  private final @Nullable ColumnReader reader;
  private int record;
  private int records;

  private ParquetBytes(@Nullable ColumnReader reader) {
    this.reader = reader;
  }

  /// @param column path of the leaf; empty for no column, where every record has no value
  static ParquetBytes open(ParquetFileReader file, String column, RowGroupPredicate group) {
    return new ParquetBytes(
        column.isEmpty()
            ? null
            : file.buildColumnReader(column).filter(group).batchSize(BATCH_ROWS).build());
  }

  /// The values of the next record; an absent value is an empty array.
  List<byte[]> next() {
    if (reader == null) {
      return List.of();
    }
    if (record == records) {
      records = reader.nextBatch() ? reader.getRecordCount() : 0;
      record = 0;
    }
    if (record == records) {
      throw new IllegalStateException("the image column ends before the other columns");
    }
    byte[][] values = reader.getBinaries();
    int from = record;
    int to = record + 1;
    for (int layer = 0; layer < reader.getLayerCount(); layer++) {
      if (reader.getLayerKind(layer) == LayerKind.REPEATED) {
        int[] offsets = reader.getLayerOffsets(layer);
        from = offsets[from];
        to = offsets[to];
      }
    }
    record++;
    List<byte[]> found = new ArrayList<>();
    for (int i = from; i < to; i++) {
      found.add(values[i] == null ? new byte[0] : values[i]);
    }
    return found;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}

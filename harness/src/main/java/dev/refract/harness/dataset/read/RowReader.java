package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.Columns;
import dev.refract.manifest.DatasetSource.Format;
import java.io.IOException;
import java.nio.file.Path;

/// Reads the rows of one file format; only a few rows are in memory, however large the file is.
public interface RowReader {

  /// @throws DatasetException when the file as a whole is invalid
  void read(Path file, Columns columns, Row.Sink sink) throws IOException;

  static RowReader of(Format format) {
    return switch (format) {
      case PARQUET -> new ParquetRows();
      case TSV -> DelimitedRows.TSV;
      case CSV -> DelimitedRows.CSV;
      case JSONL -> JsonRows.LINES;
      case JSON -> JsonRows.LIST;
      case CAPRL -> new CapRlRows();
    };
  }
}

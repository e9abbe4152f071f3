/// Takes the place of snappy-java, whose native code writes past the end of the buffer that
/// Hardwood gives it when a page lies about its size: one changed byte of a Parquet file ended the
/// process with a damaged heap.
@NullMarked
package org.xerial.snappy;

import org.jspecify.annotations.NullMarked;

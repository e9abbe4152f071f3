package dev.refract.harness.plugin;

/// A captioner of your own: `--captioner java:class=com.example.Mine,jar=mine.jar`.
///
/// The class needs a public constructor without parameters. Calls come from one thread. Captions
/// are cached by the checksum of the jar, so a changed jar describes every image again.
@FunctionalInterface
public interface ImageDescriber {

  /// @param image the bytes of the image's file: PNG, JPEG, GIF, WebP, BMP or TIFF
  /// @param prompt the protocol's prompt for captions
  /// @return the caption; an empty text is an empty caption
  /// @throws Exception when there is no caption; it is journalled as a failure with this message,
  ///   and tried again by the next command
  String describe(byte[] image, String prompt) throws Exception;
}

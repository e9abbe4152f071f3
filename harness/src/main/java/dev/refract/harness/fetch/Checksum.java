package dev.refract.harness.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The expected or computed checksum of a file.
///
/// @param hex lower-case hexadecimal
public record Checksum(Kind kind, String hex) {

  /// The algorithm of a checksum.
  public enum Kind {
    SHA256("SHA-256"),
    MD5("MD5"),
    /// Git's object name of a file: SHA-1 over `blob <size>`, a NUL and the bytes.
    GIT_BLOB("SHA-1");

    private final String algorithm;

    Kind(String algorithm) {
      this.algorithm = algorithm;
    }

    /// A new digest, to be updated with the file's bytes.
    ///
    /// @param size of the whole file in bytes
    MessageDigest digest(long size) {
      try {
        MessageDigest digest = MessageDigest.getInstance(algorithm);
        if (this == GIT_BLOB) {
          digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        return digest;
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has " + algorithm, e);
      }
    }

    public Checksum of(Path file) throws IOException {
      MessageDigest digest = digest(Files.size(file));
      byte[] block = new byte[1 << 18];
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          digest.update(block, 0, n);
        }
      }
      return new Checksum(this, HexFormat.of().formatHex(digest.digest()));
    }
  }

  public static Checksum sha256(String hex) {
    return new Checksum(Kind.SHA256, hex);
  }

  public boolean matches(Path file) throws IOException {
    return kind.of(file).equals(this);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ":" + hex;
  }
}

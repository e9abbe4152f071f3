package dev.refract.harness.plugin;

import dev.refract.harness.text.Secrets;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.ModelIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A class of the user's, and what identifies it.
///
/// @param code the instance
/// @param identity its class, and the checksum of its jar or class file
public record Plugin<T>(T code, ModelIdentity.Custom identity) {

  /// Loads a class and makes an instance of it.
  ///
  /// @param jar file with the class, or null when it is on the class path
  /// @param as the interface that it must implement
  /// @throws ManifestException when it cannot be loaded; the message says why and what to do
  public static <T> Plugin<T> load(String className, @Nullable Path jar, Class<T> as) {
    if (jar != null && !Files.isRegularFile(jar)) {
      throw new ManifestException("java: jar '" + jar + "': no such file");
    }
    try {
      Class<?> found = Class.forName(className, true, loader(jar));
      if (!as.isAssignableFrom(found)) {
        throw new ManifestException(
            "java: class '%s' does not implement %s".formatted(className, as.getName()));
      }
      T code = as.cast(found.getConstructor().newInstance());
      return new Plugin<>(code, new ModelIdentity.Custom(className, checksum(found, jar)));
    } catch (ClassNotFoundException _) {
      throw new ManifestException(
          "java: no class '%s'%s; name it in full and give its jar: java:class=%s,jar=FILE.jar"
              .formatted(className, jar == null ? "" : " in " + jar, className));
    } catch (ReflectiveOperationException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ManifestException(
          "java: class '%s' cannot be made: %s; it needs a public constructor without parameters"
              .formatted(className, Secrets.masked(String.valueOf(cause))));
    } catch (IOException e) {
      throw new ManifestException("java: class '" + className + "' cannot be read: " + e);
    }
  }

  private static ClassLoader loader(@Nullable Path jar) throws IOException {
    ClassLoader own = Objects.requireNonNull(Plugin.class.getClassLoader());
    return jar == null ? own : new URLClassLoader(new URL[] {jar.toUri().toURL()}, own);
  }

  private static String checksum(Class<?> found, @Nullable Path jar) throws IOException {
    if (jar != null) {
      return "sha256:" + Sha256.of(Files.readAllBytes(jar));
    }
    String resource = found.getName().replace('.', '/') + ".class";
    try (InputStream bytes =
        Objects.requireNonNull(
            Objects.requireNonNull(found.getClassLoader()).getResourceAsStream(resource))) {
      return "sha256:" + Sha256.of(bytes.readAllBytes());
    }
  }
}

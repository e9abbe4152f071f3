package dev.refract.harness.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.CustomAnswerer;
import dev.refract.harness.caption.CustomCaptioner;
import dev.refract.harness.caption.InputImage;
import dev.refract.harness.llm.RequestException;
import dev.refract.manifest.ManifestException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A class of the user's own captions and answers, or its error says what is wrong with it.
class PluginTest {

  @TempDir private Path folder;

  /// A captioner that comes with these tests.
  public static final class Sizes implements ImageDescriber {
    @Override
    public String describe(byte[] image, String prompt) {
      return prompt + image.length;
    }
  }

  /// An answerer that fails.
  public static final class Failing implements TextResponder {
    @Override
    public String answer(String instruction, String prompt) {
      throw new IllegalStateException("no idea");
    }
  }

  /// A class without a public constructor.
  public static final class Hidden implements ImageDescriber {
    private Hidden() {}

    @Override
    public String describe(byte[] image, String prompt) {
      return "";
    }
  }

  private static InputImage image() {
    return new InputImage("a", "d", new byte[3], null, "size: ");
  }

  @Test
  void aClassOnTheClassPathDescribesImages() throws Exception {
    Plugin<ImageDescriber> plugin = Plugin.load(Sizes.class.getName(), null, ImageDescriber.class);
    assertThat(new CustomCaptioner(plugin).caption(image()).text()).isEqualTo("size: 3");
    assertThat(plugin.identity().checksum()).startsWith("sha256:");
  }

  @Test
  void aClassInAJarIsCompiledLoadedAndIdentifiedByTheJar() throws Exception {
    Path source = folder.resolve("Mine.java");
    Files.writeString(
        source,
        "public class Mine implements dev.refract.harness.plugin.TextResponder {"
            + " public String answer(String i, String p) { return i + p; } }");
    int rc =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(rc).isZero();
    Path jar = folder.resolve("mine.jar");
    try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new java.util.zip.ZipEntry("Mine.class"));
      out.write(Files.readAllBytes(folder.resolve("Mine.class")));
    }
    Plugin<TextResponder> plugin = Plugin.load("Mine", jar, TextResponder.class);
    assertThat(plugin.code().answer("a", "b")).isEqualTo("ab");
  }

  @Test
  void anExceptionIsAFailureWithItsMessage() {
    Plugin<TextResponder> plugin = Plugin.load(Failing.class.getName(), null, TextResponder.class);
    AnswerPrompt prompt = new AnswerPrompt("s", "", "c", "u", false);
    assertThatThrownBy(() -> new CustomAnswerer(plugin).answer(prompt, 0))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("no idea");
  }

  @Test
  void whatCannotBeLoadedIsNamed() {
    assertThatThrownBy(() -> Plugin.load("no.such.Thing", null, ImageDescriber.class))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("no class 'no.such.Thing'")
        .hasMessageContaining("jar=FILE.jar");
    assertThatThrownBy(() -> Plugin.load("x", folder.resolve("no.jar"), ImageDescriber.class))
        .hasMessageContaining("no.jar': no such file");
    assertThatThrownBy(() -> Plugin.load(Sizes.class.getName(), null, TextResponder.class))
        .hasMessageContaining("does not implement " + TextResponder.class.getName());
    assertThatThrownBy(() -> Plugin.load(Hidden.class.getName(), null, ImageDescriber.class))
        .hasMessageContaining("needs a public constructor without parameters");
  }
}

package dev.refract.harness.load;

import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.reports.result.FailureKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// The images of a load: a different one for each request while they last, and separate ones for
/// the warm-up.
public interface LoadImages {

  double MILLION = 1e6;

  /// The images of one request.
  List<ChatRequest.EncodedImage> get(int number, boolean warm) throws RequestException;

  /// A unique text for a request without an image; null to use the prompt.
  default @Nullable String words(int number, boolean warm) {
    return null;
  }

  /// Digest of the image of one request; empty when it is not from a dataset.
  default String identity(int number, boolean warm) {
    return "";
  }

  /// The number of requests before an image repeats.
  int different();

  String words();

  /// The images of a dataset; a tenth of them, at least one, are used for the warm-up.
  ///
  /// @param words description: how many images, of which dataset, and their sizes
  record Stored(List<ImageFile> images, String words) implements LoadImages {

    private static final int MAX_IMAGES_MEASURED = 200;

    /// @param of name of the dataset
    public static Stored of(List<ImageFile> images, String of) throws IOException {
      int step = Math.max(1, images.size() / MAX_IMAGES_MEASURED);
      List<Double> pixels = new ArrayList<>();
      for (int i = 0; i < images.size(); i += step) {
        try {
          pixels.add(ImageDecoder.pixels(images.get(i).bytes()) / MILLION);
        } catch (UnreadableImageException e) {
          throw new IOException(images.get(i).name() + ": " + e.getMessage(), e);
        }
      }
      Collections.sort(pixels);
      return new Stored(
          images,
          "%d images of %s, megapixels median %.2f, from %.2f to %.2f%s"
              .formatted(
                  images.size(),
                  of,
                  pixels.get(pixels.size() / 2),
                  pixels.getFirst(),
                  pixels.getLast(),
                  step > 1 ? " (measured on " + pixels.size() + " of them)" : ""));
    }

    private int warm() {
      return Math.max(1, images.size() / 10);
    }

    @Override
    public int different() {
      return Math.max(1, images.size() - warm());
    }

    private ImageFile image(int number, boolean warm) {
      int place =
          warm ? number % warm() : Math.min(images.size() - 1, warm()) + number % different();
      return images.get(Math.min(place, images.size() - 1));
    }

    @Override
    public String identity(int number, boolean warm) {
      return image(number, warm).identity();
    }

    @Override
    public List<ChatRequest.EncodedImage> get(int number, boolean warm) throws RequestException {
      ImageFile image = image(number, warm);
      try {
        byte[] bytes = image.bytes();
        ImageFormat format =
            ImageFormat.of(bytes)
                .orElseThrow(
                    () -> new RequestException(FailureKind.IMAGE, image.name() + ": not an image"));
        return List.of(ChatRequest.EncodedImage.of(bytes, format));
      } catch (IOException e) {
        throw new RequestException(
            FailureKind.IMAGE, image.name() + " cannot be read: " + e.getMessage());
      }
    }
  }

  /// A load of text without images.
  record None() implements LoadImages {

    @Override
    public int different() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String words() {
      return "no images";
    }

    @Override
    public String words(int number, boolean warm) {
      return "%s %d. Tell of it.".formatted(warm ? "A warm-up" : "The number", number);
    }

    @Override
    public List<ChatRequest.EncodedImage> get(int number, boolean warm) {
      return List.of();
    }
  }

  /// Synthetic images of one size: noise in large squares, each image different.
  record Synthetic(int width, int height) implements LoadImages {

    private static final int NOISE_BLOCK_PIXELS = 16;

    @Override
    public int different() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String words() {
      return "synthetic images of %d x %d pixels, coloured noise in squares of %d"
          .formatted(width, height, NOISE_BLOCK_PIXELS);
    }

    @Override
    public List<ChatRequest.EncodedImage> get(int number, boolean warm) throws RequestException {
      Random random = new Random(warm ? -1L - number : number);
      int across = (width + NOISE_BLOCK_PIXELS - 1) / NOISE_BLOCK_PIXELS;
      int[] colours =
          random
              .ints((long) across * ((height + NOISE_BLOCK_PIXELS - 1) / NOISE_BLOCK_PIXELS))
              .toArray();
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          image.setRGB(
              x, y, colours[y / NOISE_BLOCK_PIXELS * across + x / NOISE_BLOCK_PIXELS] & 0xffffff);
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        ImageIO.write(image, "png", bytes);
      } catch (IOException e) {
        throw new RequestException(FailureKind.IMAGE, "cannot be made: " + e.getMessage());
      }
      return List.of(ChatRequest.EncodedImage.of(bytes.toByteArray(), ImageFormat.PNG));
    }
  }
}

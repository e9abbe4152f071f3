package dev.refract.harness.plan;

import dev.refract.harness.dataset.ImageFile;
import org.jspecify.annotations.Nullable;

/// One caption of one image.
///
/// @param fingerprint SHA-256 over everything that determines it
/// @param sample which of the image's captions, from 0
/// @param shown the image that the captioner sees: another one for a placebo
/// @param description the dataset's own of that image, or null
/// @param prompt what the captioner is asked
public record PlannedCaption(
    String fingerprint, int sample, ImageFile shown, @Nullable String description, String prompt) {}

package dev.refract.harness.plan;

import dev.refract.harness.dataset.ImageFile;
import org.jspecify.annotations.Nullable;

/// One planned caption of one image.
///
/// @param fingerprint SHA-256 over everything that determines it
/// @param sample number of the caption among the image's captions, from 0
/// @param shown the image that the captioner sees: another one for a placebo
/// @param description the dataset's own description of that image, or null
/// @param prompt sent to the captioner
public record PlannedCaption(
    String fingerprint, int sample, ImageFile shown, @Nullable String description, String prompt) {}

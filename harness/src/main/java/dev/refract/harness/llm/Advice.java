package dev.refract.harness.llm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a user can do about a refused request, by the words with which servers refuse it. The same
/// words follow a failed request of a run and of `refract doctor`.
final class Advice {

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:unsupported (?:parameter|value)|unknown (?:parameter|field|argument)|unrecognized"
              + " (?:request"
              + " argument|parameter)[^:]{0,40}|property|extra_forbidden.{0,20}?\"loc\")[^a-z_]{0,12}(?:body[^a-z_]{1,8})?([a-z][a-z_]{1,40})");
  private static final Pattern HEADER =
      Pattern.compile(
          "(?:missing|required|requires?)\\W+(?:\\w+\\W+){0,4}?header\\W+([a-z0-9-]{2,60})");

  private Advice() {}

  /// @param said the server's message in lower case
  /// @return advice without a full stop, or empty when there is none
  static String of(Endpoint endpoint, int status, String said) {
    Matcher header = HEADER.matcher(said);
    if (header.find() || said.contains("header") && status == 403) {
      return "add what the gateway asks for as headers: {NAME: VALUE}";
    }
    return switch (status) {
      case 401, 403 ->
          moderated(said)
              ? "the provider's filter refuses this input"
              : "set api_key_env to the name of the variable with the API key"
                  + (status == 401 ? ", and api_key_header if it has a header of its own" : "");
      case 301, 302, 303, 307, 308 ->
          "give the address to which it redirects as base_url; none is followed, so that the key"
              + " goes nowhere else";
      case 402 -> "the account has no credit: add some, then run the same command again";
      case 404, 405 -> notFound(endpoint, said);
      case 413 -> {
        String known = refused(said);
        yield known.isEmpty()
            ? "the request is too large for the server or its gateway: set max_image_side, or raise"
                + " its limit"
            : known;
      }
      case 400, 422 -> refused(said);
      case 429 ->
          said.contains("quota") || said.contains("billing")
              ? "the account's quota is used up"
              : "set requests_per_minute to its limit";
      default ->
          said.contains("image input is not supported")
              ? refused(said)
              : said.contains("out of memory")
                  ? "the server is out of GPU memory: lower concurrency or max_image_side"
                  : "";
    };
  }

  private static String notFound(Endpoint endpoint, String said) {
    if (said.contains("api-version") || said.contains("resource not found")) {
      return "for Azure, set provider=azure, or query: {api-version: VERSION}, and a base_url that"
          + " ends in the deployment";
    }
    return said.contains("model")
        ? "the server has no model '%s': see %s/models, or check the base URL"
            .formatted(endpoint.model(), endpoint.baseUrls().getFirst())
        : "the base URL is probably wrong: it must end in /v1";
  }

  private static String refused(String said) {
    Matcher parameter = PARAMETER.matcher(said);
    if (parameter.find()) {
      return parameter(parameter.group(1));
    } else if (said.contains("tokens per minute") || said.contains("(tpm)")) {
      return "one request exceeds the account's limit of tokens per minute: lower max_tokens, or"
          + " have the limit raised";
    } else if (said.contains("cannot both be specified")) {
      return "leave one out: omit=top_p";
    } else if (said.contains("content management policy")
        || said.contains("content_filter")
        || said.contains("filtered")) {
      return "the provider's filter refuses this input";
    } else if (isContext(said)) {
      return "the context is too long for this model: lower max_tokens, or serve it with a larger"
          + " context (max_model_len)"
          + (said.contains("image") || said.contains("multimodal")
              ? "; set max_image_side for smaller images"
              : "");
    } else if (said.contains("at most 0 image")
        || said.contains("does not support image")
        || said.contains("not a multimodal")
        || said.contains("image input is not supported")) {
      return "this model takes no images: is it the answerer's address?";
    } else if (said.contains("load image")
        || said.contains("decode")
        || said.contains("unsupported image")
        || said.contains("image format")
        || said.contains("invalid image")) {
      return "the server cannot read this image: set image_format=png";
    } else if (said.contains("chat template")) {
      return "the model has no chat template: give the server one (--chat-template), or use a"
          + " protocol with a raw template";
    } else if (said.contains("image")
        || said.contains("pixel")
        || said.contains("multimodal")
        || said.contains("multi-modal")) {
      return "the image is probably too large: set max_image_side; or this model does not take"
          + " images";
    }
    return "";
  }

  private static String parameter(String name) {
    return switch (name) {
      case "max_tokens" -> "set provider=openai, or rename: {max_tokens: max_completion_tokens}";
      case "temperature" -> "leave it out with omit=temperature, or set temperature=1";
      default -> "leave it out with omit=" + name;
    };
  }

  private static boolean isContext(String said) {
    return said.contains("context")
        || said.contains("max_tokens")
        || said.contains("max_model_len")
        || said.contains("maximum model length")
        || said.contains("prompt is too long")
        || said.contains("maximum") && said.contains("token")
        || said.contains("reduce the length");
  }

  private static boolean moderated(String said) {
    return said.contains("moderation") || said.contains("flagged");
  }
}

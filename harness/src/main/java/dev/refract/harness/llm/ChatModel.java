package dev.refract.harness.llm;

import dev.refract.harness.image.ImagePreparation;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.ServerCommands;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;

/// A model behind servers with all that its requests share.
///
/// @param sampling with all defaults filled in
/// @param images how images are prepared for it
/// @param commands that start and stop its server
public record ChatModel(
    ChatClient client,
    ModelIdentity.Served identity,
    Sampling sampling,
    ImagePreparation images,
    ServerCommands commands) {

  public ModelServer server() {
    return new ModelServer(client.addresses(), client.access(), commands, client);
  }
}

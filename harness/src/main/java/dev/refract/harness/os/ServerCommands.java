package dev.refract.harness.os;

import org.jspecify.annotations.Nullable;

/// Shell commands that start and stop a model server around its stage, for a machine that holds one
/// model at a time.
///
/// @param start starts the server and runs until the server exits; null if the server runs already
/// @param ready succeeds once the server is ready, or null to query the server itself
/// @param stop stops the server, or null to end the started process
public record ServerCommands(
    @Nullable String start, @Nullable String ready, @Nullable String stop) {

  public static final ServerCommands NONE = new ServerCommands(null, null, null);
}

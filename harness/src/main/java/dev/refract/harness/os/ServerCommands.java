package dev.refract.harness.os;

import org.jspecify.annotations.Nullable;

/// How a model server is started and stopped around its stage, on a machine that holds one model at
/// a time; each is a command of the shell.
///
/// @param start that starts it and stays until it ends; null where it runs already
/// @param ready that succeeds once the server can be used, or null to ask the server itself
/// @param stop that stops it, or null to end the process that was started
public record ServerCommands(
    @Nullable String start, @Nullable String ready, @Nullable String stop) {

  public static final ServerCommands NONE = new ServerCommands(null, null, null);
}

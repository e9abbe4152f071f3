package dev.refract.harness.engine;

import java.util.List;

/// A llama.cpp on this machine. Its settings are environment variables, so that one that an older
/// or newer build does not know changes nothing.
///
/// @param version its build, as in a model's identity
/// @param command starts its server, which reads the variables of `llama-server`
public record LlamaCpp(String version, List<String> command) {}

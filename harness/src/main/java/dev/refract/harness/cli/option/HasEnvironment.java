package dev.refract.harness.cli.option;

import java.util.Map;

/// The root command. It provides the environment variables that contain tokens, addresses and
/// folders, so that tests can pass their own.
public interface HasEnvironment {
  Map<String, String> environment();
}

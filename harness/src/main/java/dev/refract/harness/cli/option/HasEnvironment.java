package dev.refract.harness.cli.option;

import java.util.Map;

/// The root command: it knows the environment variables in which tokens, addresses and folders are
/// looked up, so that tests can give their own.
public interface HasEnvironment {
  Map<String, String> environment();
}

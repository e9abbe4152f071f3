package dev.refract.harness.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Functions of the C library that act on this process.
public final class NativeProcess {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup C = LINKER.defaultLookup();

  private NativeProcess() {}

  /// Sets an environment variable for native libraries that are loaded later; `System.getenv` does
  /// not see it.
  ///
  /// @return false if the C library has no `setenv`, as on Windows
  public static boolean setEnvironment(String name, String value) {
    return C.find("setenv")
        .map(address -> {
          MethodHandle setenv =
              LINKER.downcallHandle(
                  address,
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT,
                      ValueLayout.ADDRESS,
                      ValueLayout.ADDRESS,
                      ValueLayout.JAVA_INT));
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(name);
            return (int) setenv.invokeExact(key, arena.allocateFrom(value), 1) == 0;
          } catch (Throwable e) {
            throw new IllegalStateException("setenv failed", e);
          }
        })
        .orElse(false);
  }

  /// Removes a variable set by {@link #setEnvironment}.
  public static void unsetEnvironment(String name) {
    C.find("unsetenv")
        .ifPresent(address -> {
          MethodHandle unsetenv =
              LINKER.downcallHandle(
                  address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
          try (Arena arena = Arena.ofConfined()) {
            int _ = (int) unsetenv.invokeExact(arena.allocateFrom(name));
          } catch (Throwable e) {
            throw new IllegalStateException("unsetenv failed", e);
          }
        });
  }

  /// Ends the process at once. Unlike `Runtime.exit`, it does not run the destructors of native
  /// libraries, which crash if another thread is still inside a library.
  public static void exitNow(int code) {
    C.find("_exit")
        .ifPresent(address -> {
          MethodHandle exit =
              LINKER.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
          try {
            exit.invokeExact(code);
          } catch (Throwable e) {
            throw new IllegalStateException("_exit failed", e);
          }
        });
    Runtime.getRuntime().halt(code);
  }
}

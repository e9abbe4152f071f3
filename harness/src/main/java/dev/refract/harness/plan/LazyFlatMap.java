package dev.refract.harness.plan;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/// Concatenates many lists, building each list only when iteration reaches it. The iterator of a
/// stream's `flatMap` would buffer a whole list before its first element.
public record LazyFlatMap<A, B>(Iterable<A> outer, Function<A, ? extends Iterable<B>> inner)
    implements Iterable<B> {

  @Override
  public Iterator<B> iterator() {
    Iterator<A> parts = outer.iterator();
    return new Iterator<>() {
      private Iterator<B> current = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && parts.hasNext()) {
          current = inner.apply(parts.next()).iterator();
        }
        return current.hasNext();
      }

      @Override
      public B next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return current.next();
      }
    };
  }
}

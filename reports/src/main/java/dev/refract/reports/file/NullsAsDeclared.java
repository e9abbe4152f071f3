package dev.refract.reports.file;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// Refuses null for every component of a record that is not declared `@Nullable`, and inside of its
/// lists and maps, so that a record that was read is as its type says.
final class NullsAsDeclared extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getOwner().getMember() instanceof Executable constructor
        && constructor.getDeclaringClass().isRecord()) {
      AnnotatedType type = constructor.getAnnotatedParameterTypes()[parameter.getIndex()];
      return JsonSetter.Value.construct(nulls(type), nulls(content(type)));
    }
    return super.findSetterInfo(config, annotated);
  }

  /// What a list or a map contains; the type itself for others.
  private static AnnotatedType content(AnnotatedType type) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    return type;
  }

  private static Nulls nulls(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class) ? Nulls.SET : Nulls.FAIL;
  }
}

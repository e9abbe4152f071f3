package dev.refract.reports.html;

import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.render.Texts;
import java.util.Locale;
import java.util.Map;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/// Renders the templates of this module with Thymeleaf, which escapes every text that came from
/// outside.
final class Pages {

  private final TemplateEngine engine = new TemplateEngine();

  Pages() {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    resolver.setTemplateMode(TemplateMode.HTML);
    resolver.setCharacterEncoding("UTF-8");
    engine.setTemplateResolver(resolver);
  }

  /// @param view the object that the template names `page`
  String render(String template, Object view) {
    return Texts.visible(
        engine.process(
            template,
            new Context(Locale.ROOT, Map.of("page", view, "format", NumberFormats.FORMAT))));
  }
}

package io.bocadillo.templates;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URL;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.templateresource.ITemplateResource;

/**
 * One template as Thymeleaf reads it.
 *
 * @param url null if there is none
 */
record TemplateFile(
        TemplateSource source, String name, @Nullable URL url) implements ITemplateResource {

    @Override
    public String getDescription() {
        return name;
    }

    @Override
    public String getBaseName() {
        int dot = name.lastIndexOf('.');
        return dot < name.lastIndexOf('/') || dot < 0 ? name : name.substring(name.lastIndexOf('/') + 1, dot);
    }

    @Override
    public boolean exists() {
        return url != null;
    }

    @Override
    public Reader reader() throws IOException {
        if (url == null) {
            throw new FileNotFoundException(name);
        }
        return new StringReader(TemplateSource.read(url));
    }

    /** What stands beside it, such as its messages. */
    @Override
    public ITemplateResource relative(String location) {
        String beside = name.substring(0, name.lastIndexOf('/') + 1) + location;
        return new TemplateFile(source, beside, source.find(beside));
    }
}

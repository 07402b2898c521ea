package io.bocadillo.servlet;

import io.bocadillo.multipart.Boundary;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a form that a filter has already read by asking for parameters, written anew from what the container has
 * made of it.
 *
 * <p>Containers mix the parameters of the query into those of the form, before them (Servlet 6.0, section 3.1), so the
 * first values of each name are left out, as many as the query has.
 */
final class ConsumedForm {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    private ConsumedForm() {}

    /** Null if the request has no form that the container knows. */
    static @Nullable InputStream open(HttpServletRequest request) throws IOException, ServletException {
        String type = request.getContentType();
        if (type == null) {
            return null;
        }
        if (is(MULTIPART, type)) {
            return new ConsumedParts(request, Boundary.in(type));
        }
        return is(URL_ENCODED, type) && !request.getParameterMap().isEmpty()
                ? new ByteArrayInputStream(urlEncoded(request))
                : null;
    }

    private static boolean is(String type, String contentType) {
        return contentType.regionMatches(true, 0, type, 0, type.length());
    }

    private static byte[] urlEncoded(HttpServletRequest request) {
        Map<String, Integer> inQuery = countNames(request.getQueryString());
        Charset charset = charset(request);
        StringJoiner pairs = new StringJoiner("&");
        request.getParameterMap().forEach((name, values) -> {
            for (int i = inQuery.getOrDefault(name, 0); i < values.length; i++) {
                pairs.add(URLEncoder.encode(name, charset) + "=" + URLEncoder.encode(values[i], charset));
            }
        });
        return pairs.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, Integer> countNames(@Nullable String query) {
        Map<String, Integer> counts = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                try {
                    String[] nameAndValue = pair.split("=", 2);
                    for (int i = 0; i < nameAndValue.length; i++) {
                        nameAndValue[i] = URLDecoder.decode(nameAndValue[i], StandardCharsets.UTF_8);
                    }
                    counts.merge(nameAndValue[0], 1, Integer::sum);
                } catch (IllegalArgumentException malformed) {
                    LOG.trace("containers leave out a pair that they can't decode", malformed);
                }
            }
        }
        return counts;
    }

    /** What the container has decoded with, to bring back the octets that were sent (Servlet 6.0, section 3.12). */
    private static Charset charset(HttpServletRequest request) {
        String declared = request.getCharacterEncoding();
        if (declared != null && Charset.isSupported(declared)) {
            return Charset.forName(declared);
        }
        return Container.of(request).formCharset();
    }
}

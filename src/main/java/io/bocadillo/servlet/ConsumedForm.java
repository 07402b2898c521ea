package io.bocadillo.servlet;

import jakarta.servlet.http.HttpServletRequest;
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
 * The body of a form that a filter has already read by asking for parameters, written anew from them.
 *
 * <p>Containers mix the parameters of the query into those of the form, before them (Servlet 6.0, section 3.1), so the
 * first values of each name are left out, as many as the query has.
 */
final class ConsumedForm {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final String TYPE = "application/x-www-form-urlencoded";

    private ConsumedForm() {}

    /** Whether an empty body is one. */
    static boolean is(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.regionMatches(true, 0, TYPE, 0, TYPE.length())
                && !request.getParameterMap().isEmpty();
    }

    static byte[] body(HttpServletRequest request) {
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

package io.bocadillo.servlet;

import io.bocadillo.Headers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Takes what the app asks for in its own form from the request of the container. */
final class RequestHead {

    private RequestHead() {}

    static Headers headers(HttpServletRequest request) {
        Headers headers = Headers.received();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers.add(name, value);
            }
        }
        return headers;
    }

    /** HTTP/2 has it in the target alone (RFC 9113, section 8.3.1), of which some containers make no field. */
    static @Nullable String authority(HttpServletRequest request) {
        Enumeration<String> hosts = request.getHeaders("Host");
        if (!hosts.hasMoreElements()) {
            return request.getProtocol().startsWith("HTTP/1") ? null : ofTarget(request);
        }
        String host = hosts.nextElement();
        return hosts.hasMoreElements() ? null : host;
    }

    /** Jetty puts an IPv6 address into brackets. */
    static String remoteAddress(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }

    private static String ofTarget(HttpServletRequest request) {
        boolean standard = request.getServerPort() == (request.isSecure() ? 443 : 80);
        return standard ? request.getServerName() : request.getServerName() + ":" + request.getServerPort();
    }
}

package io.bocadillo.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 without TLS, by prior knowledge alone. The upgrade from HTTP/1.1 is gone from the standard (RFC 9113, section
 * 3.1), and Jetty 12.1 loses the body of a chunked request that asks for it.
 */
final class PriorKnowledgeHttp2 extends HTTP2CServerConnectionFactory {

    PriorKnowledgeHttp2(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
        // Jetty reads the preface, which begins like a request with the method PRI, before it comes here.
        boolean knows = HttpMethod.PRI.is(request.getMethod());
        return knows ? super.upgradeConnection(connector, endPoint, request, response) : null;
    }
}

package io.bocadillo.parity;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses what is written, as filters without asynchronous support do: after the chain it ends the coding. */
public final class GzipFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ZippedResponse zipped = new ZippedResponse((HttpServletResponse) response);
        chain.doFilter(request, zipped);
        zipped.finish();
    }

    private static final class ZippedResponse extends HttpServletResponseWrapper {

        private ZippedStream out;

        ZippedResponse(HttpServletResponse response) {
            super(response);
            response.setHeader("Content-Encoding", "gzip");
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (out == null) {
                out = new ZippedStream(getResponse().getOutputStream());
            }
            return out;
        }

        @Override
        public void setContentLength(int length) {}

        @Override
        public void setContentLengthLong(long length) {}

        void finish() throws IOException {
            if (out != null) {
                out.zip.finish();
            }
        }
    }

    private static final class ZippedStream extends ServletOutputStream {

        final GZIPOutputStream zip;

        ZippedStream(ServletOutputStream out) throws IOException {
            zip = new GZIPOutputStream(out);
        }

        @Override
        public void write(int octet) throws IOException {
            zip.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            zip.write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}

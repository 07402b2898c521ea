/** One app, one behaviour: the same sockets against every container, context path and mapping. */
package io.bocadillo.parity;

/** Real servlet containers inside the test JVM, each in a class loader of its own, and a client that sends raw bytes. */
package io.bocadillo.containers;

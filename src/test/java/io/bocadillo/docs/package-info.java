/** Holds README.md and the pages in docs to what an app does; {@link io.bocadillo.docs.SnippetsTest} says how. */
package io.bocadillo.docs;

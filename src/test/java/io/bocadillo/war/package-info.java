/** The example as a WAR in unpacked distributions of Tomcat and Jetty, each a process of its own. */
package io.bocadillo.war;

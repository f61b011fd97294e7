package org.sallyport.inbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** This build's version, as the record names it. */
final class GatewayVersion {
    static final String CURRENT = read();

    private GatewayVersion() {}

    private static String read() {
        try (InputStream file = GatewayVersion.class.getResourceAsStream("gateway.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

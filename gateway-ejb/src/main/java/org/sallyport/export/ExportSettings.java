package org.sallyport.export;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.sallyport.identity.ServerTrust;

/** Where the operator wants the record sent, beside the store. */
final class ExportSettings {
    private static final String SINKS = "sallyport.export.sinks";

    private ExportSettings() {}

    /** @throws IllegalArgumentException where they cannot be used; it says what was expected */
    static List<Sink> sinks(Config config) {
        String value = config.getOptionalValue(SINKS, String.class).orElse("");
        List<Sink> sinks = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(ExportSettings::sink)
                .toList();
        Set<String> names = new HashSet<>();
        for (Sink sink : sinks) {
            if (!names.add(sink.name())) {
                throw new IllegalArgumentException(SINKS + ": " + sink.name() + " twice");
            }
        }
        return sinks;
    }

    private static Sink sink(String value) {
        if (value.startsWith("file:") && value.length() > "file:".length()) {
            return new FileSink(Path.of(value.substring("file:".length())));
        }
        if (value.startsWith("otlp:https://") || value.startsWith("otlp:http://")) {
            return new OtlpSink(address(value.substring("otlp:".length())), ServerTrust::context);
        }
        if (value.startsWith("syslog+tcp://") || value.startsWith("syslog+tls://")) {
            URI address = address(value);
            if (address.getPort() > 0) {
                return new SyslogSink(
                        address, value.startsWith("syslog+tls") ? Optional.of(ServerTrust::context) : Optional.empty());
            }
        }
        throw notUnderstood();
    }

    private static URI address(String value) {
        try {
            URI address = URI.create(value);
            if (address.getHost() != null && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below, without what was written: it may hold a secret.
        }
        throw notUnderstood();
    }

    private static IllegalArgumentException notUnderstood() {
        return new IllegalArgumentException(
                SINKS + ": expected file:/path, syslog+tcp://host:port, syslog+tls://host:port or"
                        + " otlp:https://host:port/v1/logs, with commas");
    }
}

package org.sallyport.checkpoint;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.sallyport.identity.ServerTrust;

/**
 * What the operator has said about checkpoints.
 *
 * @param signer none where the operator has said in so many words that nothing is to be signed
 */
public record CheckpointSettings(
        Optional<CheckpointSigner> signer, Notary.Cadence cadence, List<? extends Anchor> anchors) {
    private static final String PREFIX = "sallyport.checkpoint.";

    public CheckpointSettings {
        anchors = List.copyOf(anchors);
    }

    /** @throws IllegalArgumentException where they cannot be used; it says which one, and what was expected */
    public static CheckpointSettings of(Config config) {
        boolean signing = setting(config, "signing", CheckpointSettings::isSigning);
        return new CheckpointSettings(
                signing ? Optional.of(signer(config)) : Optional.empty(),
                new Notary.Cadence(
                        setting(config, "records", CheckpointSettings::number),
                        Duration.ofSeconds(setting(config, "seconds", CheckpointSettings::number))),
                setting(config, "anchors", CheckpointSettings::anchors));
    }

    private static boolean isSigning(String value) {
        return switch (value) {
            case "required" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("expected required or off, not \"" + value + "\"");
        };
    }

    private static CheckpointSigner signer(Config config) {
        char[] password = config.getOptionalValue(PREFIX + "keystore.password", String.class)
                .orElse("")
                .toCharArray();
        String alias = setting(config, "alias", Function.identity());
        return setting(config, "keystore", file -> open(Path.of(file), password, alias));
    }

    private static CheckpointSigner open(Path keystore, char[] password, String alias) {
        try {
            return CheckpointSigner.open(keystore, password, alias);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    keystore + " has no key to sign checkpoints with (" + e + "); " + PREFIX
                            + "signing=off starts without, and then nothing shows that the record was not changed",
                    e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static long number(String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("expected a whole number from 1, not \"" + value + "\"");
    }

    private static List<Anchor> anchors(String value) {
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(CheckpointSettings::anchor)
                .toList();
    }

    private static Anchor anchor(String value) {
        if (value.equals("log")) {
            return new LogAnchor();
        }
        if (value.startsWith("file:")) {
            return new FileAnchor(Path.of(value.substring("file:".length())));
        }
        if (value.startsWith("https://") || value.startsWith("http://")) {
            return new WebhookAnchor(URI.create(value), ServerTrust::context);
        }
        throw new IllegalArgumentException("expected log, file:/path or https://host/path, not \"" + value + "\"");
    }

    private static <T> T setting(Config config, String name, Function<String, T> meaning) {
        try {
            // What is empty is as if it were not there.
            return meaning.apply(config.getOptionalValue(PREFIX + name, String.class)
                    .orElse("")
                    .strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + name + ": " + e.getMessage(), e);
        }
    }
}

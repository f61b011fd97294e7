package org.sallyport.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointSettingsTest {
    @TempDir
    private static Path folder;

    private final Map<String, String> values = new HashMap<>(Map.of(
            "signing", "required",
            "keystore", folder.resolve("checkpoint.p12").toString(),
            "keystore.password", "secret",
            "alias", "checkpoint",
            "records", "10000",
            "seconds", "10",
            "anchors", "log, file:/mnt/anchors,https://notary.example.com/a-secret"));

    @BeforeAll
    static void makeKey() throws Exception {
        Keys.store(folder.resolve("checkpoint.p12"), "Ed25519");
    }

    @Test
    void readsWhatTheOperatorHasSaid() {
        CheckpointSettings settings = settings();

        assertThat(settings.signer()).isPresent();
        assertThat(settings.cadence().records()).isEqualTo(10000);
        assertThat(settings.cadence().time()).hasSeconds(10);
        assertThat(settings.anchors())
                .extracting(Anchor::name)
                .containsExactly("log", "file:/mnt/anchors", "https://notary.example.com");
    }

    @Test
    void anchorsNowhereIfAskedTo() {
        values.put("anchors", "");

        assertThat(settings().anchors()).isEmpty();
    }

    @Test
    void needsNoKeyOnlyWhereSigningIsOff() {
        values.remove("keystore.password");
        values.put("keystore", folder.resolve("none.p12").toString());
        assertThatThrownBy(this::settings)
                .hasMessageContaining("sallyport.checkpoint.keystore: ")
                .hasMessageContaining("none.p12")
                .hasMessageContaining("sallyport.checkpoint.signing=off");

        values.put("signing", "off");

        assertThat(settings().signer()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAKeyStore() throws Exception {
        values.put("keystore.password", "wrong");
        assertThatThrownBy(this::settings).hasMessageContaining("password");
        values.put("keystore.password", "secret");
        values.put("alias", "another");
        assertThatThrownBy(this::settings).hasMessageContaining("expected a private key with a certificate");
        values.put("alias", "checkpoint");
        values.put("keystore", Keys.store(folder.resolve("rsa.p12"), "RSA").toString());
        assertThatThrownBy(this::settings).hasMessageContaining("expected an Ed25519 key");
        values.put(
                "keystore",
                Files.writeString(folder.resolve("text.p12"), "text").toString());
        assertThatThrownBy(this::settings).hasMessageContaining("text.p12");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            signing | perhaps    | expected required or off
            signing |            | expected required or off
            records | 0          | expected a whole number from 1
            records | many       | expected a whole number from 1
            seconds | -1         | expected a whole number from 1
            anchors | log,paper  | expected log, file:/path or https://host/path
            """)
    void saysWhatItExpected(String name, String value, String expected) {
        values.put(name, value == null ? "" : value);

        assertThatThrownBy(this::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sallyport.checkpoint." + name + ": ")
                .hasMessageContaining(expected);
    }

    private CheckpointSettings settings() {
        return CheckpointSettings.of(new MapConfig(values));
    }

    /** A configuration of strings; what is empty is absent, as MicroProfile has it. */
    private record MapConfig(Map<String, String> values) implements Config {
        @Override
        public <T> T getValue(String name, Class<T> type) {
            return getOptionalValue(name, type).orElseThrow(() -> new NoSuchElementException(name));
        }

        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            String value = values.getOrDefault(name.replace("sallyport.checkpoint.", ""), "");
            return value.isEmpty() ? Optional.empty() : Optional.of(type.cast(value));
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}

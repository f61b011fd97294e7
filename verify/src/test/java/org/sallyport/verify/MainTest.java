package org.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void saysHowItIsUsed() {
        assertThat(run("--help")).isZero();
        assertThat(said())
                .contains("usage: ", "--store", "--journal", "--key", "--anchor", "--unsigned", "Exit status");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(run("--key", "key.pem")).isEqualTo(2);
        assertThat(said()).contains("expected --store, --journal or both", "usage: ");
        assertThat(run("--journal", "folder")).isEqualTo(2);
        assertThat(said()).contains("expected --key");
        assertThat(run("--journal")).isEqualTo(2);
        assertThat(said()).contains("--journal needs a value");
        assertThat(run("--everything")).isEqualTo(2);
        assertThat(said()).contains("unknown option --everything");
        assertThat(run("--journal", "a", "--key", "k", "--unsigned", "some")).isEqualTo(2);
        assertThat(said()).contains("needs a number");
        assertThat(run("--store", "postgres://x", "--key", "k")).isEqualTo(2);
        assertThat(said()).contains("--store needs jdbc:postgresql:");
    }

    @Test
    void doesNotCallSoundWhatItCannotRead() throws Exception {
        Path noCertificate = Files.writeString(folder.resolve("key.pem"), "text");
        assertThat(run("--journal", folder.toString(), "--key", noCertificate.toString()))
                .isEqualTo(2);
        assertThat(said()).contains("expected an X.509 certificate").doesNotContain("sound");
        assertThat(run(
                        "--journal",
                        folder.toString(),
                        "--key",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(said()).contains("not checked to its end").doesNotContain("sound");
    }

    private int run(String... arguments) {
        said.reset();
        return Main.run(List.of(arguments), new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}

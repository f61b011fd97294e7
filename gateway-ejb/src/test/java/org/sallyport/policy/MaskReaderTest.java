package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.contract.Mask;
import org.sallyport.contract.Secret;

class MaskReaderTest {
    private static final String SECRET = "correct horse battery staple and more";

    private final List<Secret> handedOut = new ArrayList<>();

    @TempDir
    private Path folder;

    private Optional<Secret> secret(String alias) {
        Optional<Secret> found = switch (alias) {
            case "masks" -> Optional.of(new Secret(SECRET.toCharArray()));
            case "other" -> Optional.of(new Secret(("another " + SECRET).toCharArray()));
            case "short" -> Optional.of(new Secret("hunter2".toCharArray()));
            default -> Optional.empty();
        };
        found.ifPresent(handedOut::add);
        return found;
    }

    private Mask mask(String label, String mask) throws IOException {
        Path file = Files.writeString(
                folder.resolve("policy.yaml"),
                "sallyport: 1\nconnections: {c: {server: {host: h, database: d}, credential: a}}\nlabels:\n  " + label
                        + ": [c/s.t.c]\nmasks:\n  " + label + ": " + mask + "\n");
        return PolicyBundle.load(file, this::secret).labels().get(0).mask();
    }

    @Test
    void readsEveryKind() throws IOException {
        assertThat(mask("a", "{email: true}")).isEqualTo(new Mask.Email());
        assertThat(mask("a", "{generalize: decade}")).isEqualTo(new Mask.ToPeriod(Mask.Period.DECADE));
        assertThat(mask("a", "{generalize: 1000}")).isEqualTo(new Mask.ToStep(1000));
        assertThat(mask("a", "{json: ['$.ssn', '$.contacts[*].\"home phone\"', '$.cards[*]', '$[*]']}"))
                .isEqualTo(new Mask.Json(List.of(
                        new Mask.JsonPath(List.of("ssn"), false),
                        new Mask.JsonPath(List.of("contacts", "home phone"), false),
                        new Mask.JsonPath(List.of("cards"), true),
                        new Mask.JsonPath(List.of(), true))));
        assertThat(mask("a", "{hash: {key: masks}}")).isInstanceOf(Mask.Hash.class);
        assertThat(mask("a", "{tokenize: {key: masks}}")).isInstanceOf(Mask.Tokenize.class);
    }

    @Test
    void aKeyIsTheSameEveryTimeAndAnotherForEachSecretAndLabelAndKindOfMask() throws IOException {
        Mask hash = mask("a", "{hash: {key: masks}}");

        assertThat(mask("a", "{hash: {key: masks}}")).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(mask("a", "{hash: {key: other}}")).isNotEqualTo(hash);
        assertThat(mask("b", "{hash: {key: masks}}")).isNotEqualTo(hash);
        assertThat(((Mask.Tokenize) mask("a", "{tokenize: {key: masks}}")).key())
                .isNotEqualTo(((Mask.Hash) hash).key());
    }

    @Test
    void aSecretIsDestroyedAndNeverShown() throws IOException {
        assertThat(mask("a", "{hash: {key: masks}}")).asString().isEqualTo("Hash[key=[key]]");
        assertThatThrownBy(() -> mask("a", "{hash: {key: short}}"))
                .isInstanceOf(InvalidBundle.class)
                .hasMessageContaining("policy.yaml:6: the password behind `key` of `hash` has fewer than 32 characters")
                .message()
                .doesNotContain("hunter2");

        assertThat(handedOut).hasSize(2).allMatch(secret -> new String(secret.reveal()).matches("\0+"));
    }

    @Test
    void aKeyThatStandsWhereItsAliasBelongsIsNotRepeated() {
        assertThatThrownBy(() -> mask("a", "{tokenize: {key: '" + SECRET + "'}}"))
                .isInstanceOf(InvalidBundle.class)
                .hasMessageContaining("policy.yaml:6: `key` of `tokenize` must be the alias of an authData")
                .message()
                .doesNotContain(SECRET);
    }

    @Test
    void whoHasNoKeysMayReadAPolicyThatNeedsThem() throws IOException {
        mask("a", "{hash: {key: masks}}");

        assertThat(PolicyBundle.load(folder.resolve("policy.yaml"))
                        .labels()
                        .get(0)
                        .mask())
                .isInstanceOf(Mask.Hash.class);
    }
}

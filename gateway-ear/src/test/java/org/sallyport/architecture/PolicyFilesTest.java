package org.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.PolicyBundle;

/** The policy files that come with the project are valid as they stand. */
class PolicyFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"../liberty/demo/policy.yaml", "src/test/resources/container-policy.yaml"})
    void areValid(String file) {
        assertThat(PolicyBundle.load(Path.of(file)).connections()).containsKey("shop");
    }

    /** As the demo puts them together; the README names the guardrails that its reader meets. */
    @Test
    void theDemosAndTheRecommendedGuardrailsAreOnePolicy(@TempDir Path folder) throws IOException {
        Files.copy(Path.of("../liberty/demo/policy.yaml"), folder.resolve("policy.yaml"));
        Files.copy(
                Path.of("../liberty/src/main/liberty/gateway/guardrails/recommended.yaml"),
                folder.resolve("recommended.yaml"));

        assertThat(PolicyBundle.load(folder).guardrails())
                .extracting(Guardrail::name)
                .contains("no-drop-database", "mass-change");
    }
}

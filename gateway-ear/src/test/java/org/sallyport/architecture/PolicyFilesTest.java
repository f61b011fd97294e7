package org.sallyport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.policy.PolicyBundle;

/** The policy files that come with the project are valid as they stand. */
class PolicyFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"../liberty/demo/policy.yaml", "src/test/resources/container-policy.yaml"})
    void areValid(String file) {
        assertThat(PolicyBundle.load(Path.of(file)).connections()).containsKey("shop");
    }
}

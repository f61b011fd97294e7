package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.policy.PolicyBundle;

class IssuersTest {
    private static final String PEOPLE = "https://login.example.com";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "$identity", groups: groups}
              - {issuer: "https://ci.example.com", audience: sallyport, identity: "ci/{repository}", groups: [ci]}
            """;

    @Test
    void tellsWherePeopleHaveTwoNames(@TempDir Path folder) throws IOException {
        assertThat(Issuers.otherNames(bundle(folder, "{sub}"), PEOPLE, "sub")).isEmpty();
        assertThat(Issuers.otherNames(bundle(folder, "people/{sub}"), PEOPLE, "sub"))
                .containsExactly("people/{sub}");
        assertThat(Issuers.otherNames(bundle(folder, "{sub}"), PEOPLE, "email")).containsExactly("{sub}");
        assertThat(Issuers.otherNames(bundle(folder, "{email}"), "https://elsewhere.example.com", "sub"))
                .isEmpty();
    }

    private static PolicyBundle bundle(Path folder, String identity) throws IOException {
        return PolicyBundle.load(
                Files.writeString(folder.resolve("policy.yaml"), BUNDLE.replace("$identity", identity)));
    }
}

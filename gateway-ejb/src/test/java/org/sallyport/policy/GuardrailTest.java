package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guardrail depends on: by that it is known when the server has to be asked, and for how long a ruling holds. */
class GuardrailTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "on: [DELETE] | false | false | true",
                "'on': [UPDATE], if: no-where | false | true | true",
                "if: {calls: [lo_import]} | false | false | false",
                "if: {sets: [role]} | false | false | false",
                "when: identity == 'x' | false | false | false",
                "when: now < timestamp('2026-11-26T00:00:00Z') | false | false | false",
                "when: \"'DO' in kinds\" | false | false | true",
                "when: size(relations) > 1 | true | false | true",
                "when: size(changed) > 1 | true | false | true",
                "when: size(columns) > 1 | true | false | true",
                "when: size(functions) > 1 | true | false | true",
                "when: unbounded | false | true | true",
                "when: unbounded && size(relations) > 1 | true | true | true",
                "on: [DELETE], when: connection == 'x' | false | false | true",
            })
    void knowsWhatItLooksAt(String entries, boolean names, boolean rows, boolean tellsApart) throws IOException {
        Path file = Files.writeString(
                folder.resolve("policy.yaml"), "sallyport: 1\nguardrails:\n  - {name: g, do: deny, " + entries + "}\n");
        Guardrail guardrail = PolicyBundle.load(file).guardrails().get(0);

        assertThat(guardrail.looksAtNames()).isEqualTo(names);
        assertThat(guardrail.looksAtRows()).isEqualTo(rows);
        assertThat(guardrail.tellsStatementsApart()).isEqualTo(tellsApart);
        assertThat(guardrail.concerns(List.of("DELETE", "SELECT"))).isEqualTo(!entries.contains("UPDATE"));
    }
}

package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Threat 110. */
class CancelKeysTest {
    private final CancelKeys keys = new CancelKeys();
    private final AtomicInteger canceled = new AtomicInteger();

    private CancelKeys.Key issue(int minor) {
        return keys.issue(minor, canceled::incrementAndGet);
    }

    @Test
    void aKeyIsAsLongAsTheProtocolHasIt() {
        assertThat(issue(0).secret()).hasSize(4);
        assertThat(issue(1).secret()).hasSize(4);
        assertThat(issue(2).secret()).hasSize(32);
    }

    @Test
    void onlyTheWholeKeyCancels() {
        CancelKeys.Key key = issue(2);
        byte[] secret = key.secret();
        for (int i = 0; i < secret.length; i++) {
            byte[] wrong = secret.clone();
            wrong[i] ^= 1;
            keys.cancel(key.process(), wrong);
            keys.cancel(key.process(), Arrays.copyOf(secret, i));
        }
        keys.cancel(key.process(), Arrays.copyOf(secret, 33));
        keys.cancel(key.process() + 1, secret);
        assertThat(canceled).hasValue(0);
        keys.cancel(key.process(), secret);
        assertThat(canceled).hasValue(1);
    }

    @Test
    void aSessionsKeyEndsWithIt() {
        CancelKeys.Key key = issue(0);
        keys.revoke(key);
        keys.cancel(key.process(), key.secret());
        assertThat(canceled).hasValue(0);
    }

    @Test
    void neitherProcessNorSecretIsEverGuessedFromAnother() {
        Set<Integer> processes = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            CancelKeys.Key key = issue(2);
            processes.add(key.process());
            secrets.add(Arrays.toString(key.secret()));
        }
        assertThat(processes).hasSize(1000).allMatch(process -> process > 0);
        assertThat(secrets).hasSize(1000);
    }
}

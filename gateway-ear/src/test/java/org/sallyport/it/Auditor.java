package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sallyport.demo.CheckpointKey;
import org.sallyport.demo.Postgres;

/** Somebody with the certificate of the gateways' key, who runs the verifier. */
record Auditor(Gateway gateway) {

    /** Where a store is, as somebody who may read all of it. */
    String store(String database) {
        Postgres.Login superuser = gateway.store().superuser();
        return "jdbc:postgresql://127.0.0.1:" + gateway.store().port() + "/" + database + "?sslmode=disable&user="
                + superuser.user() + "&password=" + superuser.password();
    }

    Programs.Result verify(String... what) {
        CheckpointKey key = CheckpointKey.beside(gateway.tls());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                System.getProperty("sallyport.verifier"),
                "--key",
                key.certificate().toString()));
        command.addAll(List.of(what));
        return Programs.run(Map.of(), command.toArray(String[]::new));
    }

    static void assertSound(Programs.Result result) {
        assertThat(result.status()).as(result.output() + result.errors()).isZero();
        assertThat(result.output()).contains("signed up to").endsWith("sound\n");
    }

    @Override
    public String toString() {
        return "Auditor";
    }
}

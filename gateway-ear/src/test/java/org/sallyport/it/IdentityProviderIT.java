package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The demo's identity provider keeps what a provider promises. */
@WithGateway
class IdentityProviderIT {
    private final Gateway gateway;

    IdentityProviderIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void issuesTokensThatOutliveItsRestart() throws IOException, InterruptedException, SQLException {
        String token = gateway.token("reporting-agent");
        String keys = keys();
        gateway.identityProvider().close();
        gateway.identityProvider().start();
        assertThat(keys()).isEqualTo(keys);
        try (Connection connection = gateway.connect("shop", "reporting-agent", token)) {
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    private String keys() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.identityProvider().agents() + "/jwk"))
                .build();
        return gateway.api().client().send(request, BodyHandlers.ofString()).body();
    }
}

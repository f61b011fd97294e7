package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.security.auth.login.FailedLoginException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.Target;
import org.sallyport.wire.ProtocolException;

/** How the gateway and a real server make sure of each other, alone and with somebody in between. */
class ServerLoginTest {
    @TempDir
    private static Path folder;

    @TempDir
    private static Path anotherFolder;

    private static RealServer server;

    private final Logins logins = new Logins();

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        server.execute("SET password_encryption = md5; CREATE ROLE old_md5 LOGIN PASSWORD 'Größe 9'");
        server.execute("CREATE ROLE old_password LOGIN PASSWORD 'Größe 9'; CREATE ROLE let_in LOGIN PASSWORD 'x'");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @AfterEach
    void close() {
        logins.close();
    }

    private static Target target(int port, Security security, String user, String password) {
        return new Target(
                Logins.server(security, SessionAttributes.ANY, new Server.Host("127.0.0.1", port)),
                user,
                new Secret(password.toCharArray()));
    }

    private static Security security(TlsMode tls, ChannelBinding binding, AuthenticationMethod... methods) {
        return new Security(tls, Optional.empty(), binding, Set.of(methods));
    }

    private void logIn(int port, TlsMode tls, ChannelBinding binding) throws Exception {
        logins.login(target(
                port, security(tls, binding, AuthenticationMethod.SCRAM_SHA_256), "gateway", RealServer.PASSWORD));
    }

    private void logInAs(String user, TlsMode tls, AuthenticationMethod method) throws Exception {
        logins.login(target(server.port(), security(tls, ChannelBinding.PREFER, method), user, "Größe 9"));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    /** What the operator's log names as the cause. */
    private static AbstractThrowableAssert<?, ?> assertRefused(Attempt attempt) {
        return assertThatThrownBy(attempt::run)
                .cause()
                .hasMessage("the database cannot be reached")
                .cause();
    }

    @Test
    void bindsTheLoginToTheServersCertificate() throws Exception {
        logIn(server.port(), TlsMode.REQUIRE, ChannelBinding.REQUIRE);
        logIn(server.port(), TlsMode.REQUIRE, ChannelBinding.PREFER);
        logIn(server.port(), TlsMode.REQUIRE, ChannelBinding.DISABLE);
        logIn(server.port(), TlsMode.DISABLE, ChannelBinding.PREFER);
        assertRefused(() -> logIn(server.port(), TlsMode.DISABLE, ChannelBinding.REQUIRE))
                .hasMessageContaining("does not offer SCRAM-SHA-256-PLUS");
    }

    private static TlsRelay relay(UnaryOperator<String> change) throws Exception {
        return new TlsRelay(RealServer.keyStore(anotherFolder), server.port(), change);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelBinding.class,
            names = {"PREFER", "REQUIRE"})
    void theServerNoticesSomebodyInBetween(ChannelBinding binding) throws Exception {
        try (TlsRelay relay = relay(UnaryOperator.identity())) {
            assertRefused(() -> logIn(relay.port(), TlsMode.REQUIRE, binding))
                    .isInstanceOf(FailedLoginException.class)
                    .hasMessageContaining("28000");
            // Nobody would notice without the binding: the relay works.
            logIn(relay.port(), TlsMode.REQUIRE, ChannelBinding.DISABLE);
        }
    }

    @Test
    void somebodyInBetweenCannotTakeTheOfferAway() throws Exception {
        try (TlsRelay relay = relay(bytes -> bytes.replace("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-NONE"))) {
            // The server hears that the gateway could have bound, and knows that it has offered it.
            assertRefused(() -> logIn(relay.port(), TlsMode.REQUIRE, ChannelBinding.PREFER))
                    .isInstanceOf(FailedLoginException.class)
                    .hasMessageContaining("28000");
            assertRefused(() -> logIn(relay.port(), TlsMode.REQUIRE, ChannelBinding.REQUIRE))
                    .isInstanceOf(ProtocolException.class);
            logIn(relay.port(), TlsMode.REQUIRE, ChannelBinding.DISABLE);
        }
    }

    @Test
    void answersMd5AndPasswordWhereThePolicyNamesThem() throws Exception {
        logInAs("old_md5", TlsMode.REQUIRE, AuthenticationMethod.MD5);
        logInAs("old_password", TlsMode.REQUIRE, AuthenticationMethod.PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "old_md5, SCRAM_SHA_256",
        "old_md5, PASSWORD",
        "old_password, SCRAM_SHA_256",
        "old_password, MD5",
        "gateway, MD5",
        "gateway, PASSWORD",
    })
    void answersNoMethodThatThePolicyDoesNotName(String user, AuthenticationMethod allowed) {
        assertRefused(() -> logInAs(user, TlsMode.REQUIRE, allowed))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("`require_auth` does not name");
    }

    @ParameterizedTest
    @EnumSource(AuthenticationMethod.class)
    void refusesAServerThatLetsTheGatewayInUnasked(AuthenticationMethod allowed) {
        assertRefused(() -> logInAs("let_in", TlsMode.REQUIRE, allowed))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("did not ask");
    }

    @Test
    void requiresTheBindingOfEveryMethod() {
        for (AuthenticationMethod method : Set.of(AuthenticationMethod.MD5, AuthenticationMethod.PASSWORD)) {
            String user = method == AuthenticationMethod.MD5 ? "old_md5" : "old_password";
            Security security = security(TlsMode.REQUIRE, ChannelBinding.REQUIRE, method);
            assertRefused(() -> logins.login(target(server.port(), security, user, "Größe 9")))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("channel binding");
        }
    }
}

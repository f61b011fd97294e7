package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;

class CatalogLoginTest {

    @Test
    void answersNoOtherMethodThanThePolicyNames() {
        PGSimpleDataSource source = source(Security.of(TlsMode.REQUIRE, Optional.empty()));

        assertThat(source.getRequireAuth()).isEqualTo("scram-sha-256");
        assertThat(source.getChannelBinding()).isEqualTo("prefer");
        assertThat(source.getSslmode()).isEqualTo("require");
        assertThat(source.getSslfactory()).isEqualTo("org.postgresql.ssl.LibPQFactory");
    }

    @Test
    void allowsOldMethodsWhereThePolicyDoes() {
        PGSimpleDataSource source = source(new Security(
                TlsMode.VERIFY_FULL,
                Optional.empty(),
                ChannelBinding.DISABLE,
                EnumSet.of(AuthenticationMethod.MD5, AuthenticationMethod.PASSWORD)));

        assertThat(Set.of(source.getRequireAuth().split(","))).containsExactlyInAnyOrder("md5", "password");
        assertThat(source.getChannelBinding()).isEqualTo("disable");
        assertThat(source.getSslfactory()).isEqualTo("org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void checksTheCertificatesThatItWasGiven() {
        PGSimpleDataSource source = source(Security.of(TlsMode.REQUIRE, Optional.of(Path.of("ca.pem"))));

        assertThat(source.getSslmode()).isEqualTo("verify-ca");
        assertThat(source.getSslRootCert()).isEqualTo("ca.pem");
    }

    @Test
    void readsTextsAsTheGatewayDoesWhateverTheLoginsOwnSettings() {
        assertThat(source(Security.of(TlsMode.DISABLE, Optional.empty())).getOptions())
                .isEqualTo("-c standard_conforming_strings=on -c default_transaction_read_only=off"
                        + " -c statement_timeout=0 -c transform_null_equals=off");
    }

    @Test
    void triesAllHostsForOneThatWrites() {
        PGSimpleDataSource source = source(Security.of(TlsMode.DISABLE, Optional.empty()));

        assertThat(source.getServerNames()).containsExactly("a", "b");
        assertThat(source.getPortNumbers()).containsExactly(5432, 5433);
        assertThat(source.getTargetServerType()).isEqualTo("primary");
    }

    private static PGSimpleDataSource source(Security security) {
        return CatalogLogin.source(new Server(
                List.of(new Server.Host("a", 5432), new Server.Host("b", 5433)),
                SessionAttributes.READ_WRITE,
                "d",
                security));
    }
}

package org.sallyport.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    @Test
    void namesTheLoopbackAddress(@TempDir Path folder) throws IOException, GeneralSecurityException {
        TlsFiles files = TlsFiles.create(folder);
        try (InputStream in = Files.newInputStream(files.certificate())) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            certificate.verify(certificate.getPublicKey());
            assertThat(certificate.getSubjectAlternativeNames())
                    .containsExactlyInAnyOrder(List.of(DNS, "localhost"), List.of(ADDRESS, "127.0.0.1"));
        }
    }

    @Test
    void keepsTheKeyToItsOwner(@TempDir Path folder) throws IOException {
        TlsFiles files = TlsFiles.create(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
    }
}

package org.sallyport.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for {@code localhost} and 127.0.0.1 that signs itself, in the formats its users want.
 *
 * @param keystore    PKCS #12 with the key and the certificate
 * @param truststore  PKCS #12 with the certificate alone
 * @param certificate the certificate as PEM, for curl and libpq
 * @param key         the key as PEM, for PostgreSQL
 * @param password    of both stores
 */
public record TlsFiles(Path keystore, Path truststore, Path certificate, Path key, String password) {
    /** What most clients and libraries know. */
    static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "3072");

    private static final String ALIAS = "tls";

    /** Makes a new key and certificate in {@code folder} with the JDK's keytool. */
    public static TlsFiles create(Path folder) {
        String password = Passwords.random();
        TlsFiles files = new TlsFiles(
                folder.resolve("tls.p12"),
                folder.resolve("trust.p12"),
                folder.resolve("ca.pem"),
                folder.resolve("tls-key.pem"),
                password);
        List<String> options = new ArrayList<>(RSA);
        options.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
        generateKey(files.keystore, ALIAS, password, options);
        try {
            files.exportPem();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keytool made a keystore that cannot be read", e);
        }
        return files;
    }

    /** Makes a keystore with one key and a certificate that it signs itself, for loopback and for 30 days. */
    static void generateKey(Path keystore, String alias, String password, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-validity",
                "30",
                "-dname",
                "CN=localhost, O=Sallyport demo",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass:env",
                "STORE_PASSWORD"));
        command.addAll(options);
        ProcessBuilder keytool = new ProcessBuilder(command).redirectErrorStream(true);
        keytool.environment().put("STORE_PASSWORD", password);
        try {
            Files.createDirectories(keystore.toAbsolutePath().getParent());
            Process process = keytool.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new StartFailure("keytool failed: " + output);
            }
        } catch (IOException e) {
            throw new StartFailure("keytool of the JDK cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while keytool ran", e);
        }
    }

    private static KeyStore load(Path keystore, String password) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, password.toCharArray());
        }
        return keys;
    }

    /** A key's certificate as PEM. */
    static String pem(Path keystore, String alias, String password) throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", load(keystore, password).getCertificate(alias).getEncoded());
    }

    private void exportPem() throws IOException, GeneralSecurityException {
        KeyStore keys = load(keystore, password);
        var chain = keys.getCertificate(ALIAS);
        Files.writeString(certificate, pem("CERTIFICATE", chain.getEncoded()));
        Folders.writePrivate(
                key,
                pem("PRIVATE KEY", keys.getKey(ALIAS, password.toCharArray()).getEncoded()));
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, chain);
        try (var out = Files.newOutputStream(truststore)) {
            trust.store(out, password.toCharArray());
        }
    }

    private static String pem(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, body);
    }
}

package org.sallyport.proxy;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The channel binding {@code tls-server-end-point} (RFC 5929, section 4): a hash of the server's certificate. */
final class EndPointBinding {
    static final String TYPE = "tls-server-end-point";

    private EndPointBinding() {}

    /**
     * The binding of a channel; null where it does not run over TLS.
     *
     * @throws SSLException where none is defined for the server's certificate
     */
    static byte @Nullable [] of(Channel channel) throws SSLException {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        return of((X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
    }

    static byte[] of(X509Certificate certificate) throws SSLException {
        try {
            return MessageDigest.getInstance(hash(certificate)).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            // Going without would let whoever relays the login choose such a certificate.
            throw new SSLException(
                    "no channel binding is defined for a certificate signed with " + certificate.getSigAlgName(), e);
        }
    }

    /** The hash of the certificate's signature, SHA-256 in place of MD5 and SHA-1. */
    private static String hash(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        String hash = signature.equals("RSASSA-PSS")
                ? pssHash(certificate).toUpperCase(Locale.ROOT)
                : signature.substring(0, Math.max(0, signature.indexOf("WITH")));
        return switch (hash) {
            case "MD5", "SHA1", "SHA-1" -> "SHA-256";
            default -> hash.replaceFirst("^SHA(?=[0-9]{3})", "SHA-");
        };
    }

    private static String pssHash(X509Certificate certificate) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
        try {
            parameters.init(certificate.getSigAlgParams());
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    }
}

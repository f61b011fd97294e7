package org.sallyport.inbound;

import java.util.List;
import org.sallyport.identity.GroupSource;
import org.sallyport.identity.NameTemplate;
import org.sallyport.identity.TrustedIssuer;
import org.sallyport.policy.GroupMapping;
import org.sallyport.policy.Issuer;
import org.sallyport.policy.PolicyBundle;

/** The bundle's issuers, as the token verifier knows them. */
final class Issuers {
    private Issuers() {}

    static List<TrustedIssuer> trusted(PolicyBundle bundle) {
        return bundle.issuers().stream().map(Issuers::trusted).toList();
    }

    /**
     * How the policy names identities of the people's issuer otherwise than the API and the console name people: whoever has two names
     * could approve under one what they asked for under the other.
     *
     * @param claim that names people there
     */
    static List<String> otherNames(PolicyBundle bundle, String people, String claim) {
        return bundle.issuers().stream()
                .filter(issuer -> issuer.issuer().equals(people))
                .map(Issuer::identity)
                .filter(template -> !template.equals("{" + claim + "}"))
                .toList();
    }

    private static TrustedIssuer trusted(Issuer issuer) {
        return new TrustedIssuer(
                issuer.issuer(),
                issuer.audience(),
                issuer.jwks(),
                NameTemplate.of(issuer.identity()),
                groups(issuer.groups()));
    }

    private static GroupSource groups(GroupMapping mapping) {
        if (mapping instanceof GroupMapping.Templates templates) {
            return new GroupSource.Templates(
                    templates.templates().stream().map(NameTemplate::of).toList());
        }
        return new GroupSource.Claim(((GroupMapping.Claim) mapping).name());
    }
}

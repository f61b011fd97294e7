package org.sallyport.identity;

import java.util.Optional;
import org.sallyport.contract.Refusal;

/** Why a token was refused, in terms that tell its holder what to do and an attacker nothing. */
public enum TokenFault {
    MISSING("no token was sent", "Send a token from your identity provider as the password."),
    TOO_LARGE("token too large", "Tokens of up to 16 KiB are accepted."),
    UNREADABLE("token cannot be read", "Send a signed JWT from your identity provider as the password."),
    ALGORITHM("token signature algorithm not accepted", "Have the token signed with RS256, PS256 or ES256."),
    TYPE("token type not accepted", "Send an access token or an ID token that any bearer may use."),
    ISSUER("token issuer not trusted", "Get the token from an identity provider that the gateway trusts."),
    SIGNATURE("token signature not valid", "Get a new token from your identity provider."),
    AUDIENCE("token audience not accepted", "Ask for a token whose audience is this gateway."),
    NO_EXPIRY("token without expiry not accepted", "Ask for a token with an \"exp\" claim."),
    EXPIRED("token expired", "Get a new token from your identity provider."),
    NOT_YET_VALID("token not yet valid", "Check the clocks of this gateway and the identity provider."),
    CLAIMS("token claims do not name an identity", "Ask the operator which claims the policy needs."),
    UNREACHABLE(
            "57P03", "identity provider cannot be reached", "Try again later; ask the operator if it does not pass.");

    private final String sqlState;
    private final String message;
    private final String hint;

    TokenFault(String message, String hint) {
        // invalid_authorization_specification
        this("28000", message, hint);
    }

    TokenFault(String sqlState, String message, String hint) {
        this.sqlState = sqlState;
        this.message = message;
        this.hint = hint;
    }

    /** As the client gets it. */
    public Refusal refusal() {
        return new Refusal(sqlState, message, Optional.empty(), Optional.of(hint));
    }
}

package org.sallyport.adapter;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.UUID;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.sallyport.contract.Admission;

/**
 * Makes the server's subject for an admitted caller, without the server's user registry knowing it.
 *
 * <p>Open Liberty takes an identity that was verified elsewhere as a hashtable of its {@code system.DEFAULT} login.
 */
final class CallerLogin {
    private static final String PREFIX = "com.ibm.wsspi.security.cred.";

    private final String realm;

    CallerLogin(String realm) {
        this.realm = realm;
    }

    Subject login(Admission.Admitted admitted) throws LoginException {
        var identity = new Hashtable<String, Object>();
        identity.put(PREFIX + "uniqueId", "user:" + realm + "/" + admitted.caller());
        identity.put(PREFIX + "securityName", admitted.caller());
        identity.put(PREFIX + "realm", realm);
        identity.put(PREFIX + "groups", groups(admitted));
        // A key of its own for each session: the server must never hand out another session's cached groups.
        identity.put(PREFIX + "cacheKey", "sallyport:" + UUID.randomUUID());
        var subject = new Subject();
        subject.getPrivateCredentials().add(identity);
        var login = new LoginContext("system.DEFAULT", subject);
        login.login();
        return login.getSubject();
    }

    /** An ArrayList, and no other list: the server casts it. */
    private ArrayList<String> groups(Admission.Admitted admitted) {
        var groups = new ArrayList<String>();
        admitted.groups().forEach(group -> groups.add("group:" + realm + "/" + group));
        return groups;
    }
}

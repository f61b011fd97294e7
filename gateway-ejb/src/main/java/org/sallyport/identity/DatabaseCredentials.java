package org.sallyport.identity;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.sallyport.contract.Secret;

/** Finds the gateway's own database logins among the server's {@code authData} elements. Thread-safe; does not block. */
public final class DatabaseCredentials {
    /**
     * Liberty's API for authData (feature passwordUtilities-1.1), by reflection: its jar comes with the server and is not
     * published as an artifact one could compile against.
     */
    private static final String PROVIDER = "com.ibm.websphere.security.auth.data.AuthDataProvider";

    /**
     * A login; whoever asked for it destroys the password.
     */
    public record Credential(String user, Secret password) {}

    /**
     * The login of an alias; empty where the server knows no such alias.
     *
     * @throws IllegalStateException if the server has no such feature
     */
    public Optional<Credential> find(String alias) {
        try {
            Class<?> provider = Class.forName(
                    PROVIDER, true, MethodHandles.lookup().lookupClass().getClassLoader());
            Object login = provider.getMethod("getAuthData", String.class).invoke(null, alias);
            return Optional.of(read(login));
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof LoginException) {
                return Optional.empty();
            }
            throw new IllegalStateException("authData cannot be read", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the server lacks the feature passwordUtilities-1.1", e);
        }
    }

    private static Credential read(Object login) throws ReflectiveOperationException {
        Class<?> type = Class.forName(
                "com.ibm.websphere.security.auth.data.AuthData",
                true,
                login.getClass().getClassLoader());
        String user = (String) type.getMethod("getUserName").invoke(login);
        char[] password = (char[]) type.getMethod("getPassword").invoke(login);
        return new Credential(user, new Secret(password.clone()));
    }
}

package org.sallyport.record;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An admitted session, as stored. */
@Entity
@Immutable
@Table(name = "session")
public class SessionRecord {
    @Id
    private UUID id;

    private String identity;
    private List<String> groups;
    private String connection;

    @Column(name = "client_address")
    private String clientAddress;

    private Instant started;

    @Column(name = "gateway_version")
    private String gatewayVersion;

    @Column(name = "policy_version")
    private String policyVersion;

    @Embedded
    private @Nullable Place place;

    @SuppressWarnings("NullAway.Init") // filled by JPA
    protected SessionRecord() {}

    /** What is known when a session begins. */
    public SessionRecord(
            UUID id, Caller caller, String connection, String clientAddress, Instant started, Versions versions) {
        this.id = id;
        this.identity = caller.identity();
        this.groups = caller.groups().stream().sorted().toList();
        this.connection = connection;
        this.clientAddress = clientAddress;
        this.started = started;
        this.gatewayVersion = versions.gateway();
        this.policyVersion = versions.policy();
    }

    /** Who a session belongs to. */
    public record Caller(String identity, Collection<String> groups) {}

    /** What decided about a session. */
    public record Versions(String gateway, String policy) {}

    public UUID id() {
        return id;
    }

    public String identity() {
        return identity;
    }

    public List<String> groups() {
        return groups;
    }

    public String connection() {
        return connection;
    }

    public String clientAddress() {
        return clientAddress;
    }

    public Instant started() {
        return started;
    }

    public String gatewayVersion() {
        return gatewayVersion;
    }

    public String policyVersion() {
        return policyVersion;
    }

    /** Where it is in its journal; null for one that does not come from the store. */
    @Nullable
    Place place() {
        return place;
    }
}

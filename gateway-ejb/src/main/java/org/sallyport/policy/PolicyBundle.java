package org.sallyport.policy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Sought;

/**
 * The operator's policy: one YAML file or a folder of them, read whole and checked before it is used.
 *
 * @param version the first 16 hexadecimal digits of the file's SHA-256; of a folder, of all its files
 */
public record PolicyBundle(
        String version,
        List<Issuer> issuers,
        Map<String, Connection> connections,
        List<Label> labels,
        List<Role> roles,
        List<Guardrail> guardrails,
        List<Detection> detection) {

    public PolicyBundle {
        issuers = List.copyOf(issuers);
        connections = Map.copyOf(connections);
        labels = List.copyOf(labels);
        roles = List.copyOf(roles);
        guardrails = List.copyOf(guardrails);
        detection = List.copyOf(detection);
    }

    /**
     * Reads and checks a bundle.
     *
     * @param place   a file, or a folder with all {@code *.yaml} below it
     * @param secrets finds the keys of masks by their alias; what it hands out is destroyed here
     * @throws InvalidBundle with every problem found
     */
    public static PolicyBundle load(Path place, Function<String, Optional<Secret>> secrets) {
        return BundleReader.read(place, MaskKeys.from(secrets));
    }

    /** The same for who shows no values and has no keys: the masks' are made up. */
    public static PolicyBundle load(Path place) {
        return BundleReader.read(place, MaskKeys.madeUp());
    }

    /** What the identity may do on the connection now; empty if no role lets it in. */
    public Optional<Access> access(Circumstances circumstances) {
        Connection connection = connections.get(circumstances.connection());
        if (connection == null) {
            return Optional.empty();
        }
        List<Role> given =
                roles.stream().flatMap(role -> role.given(circumstances)).toList();
        // Labels alone open no connection.
        if (given.stream().allMatch(Role::isOfLabelsOnly)) {
            return Optional.empty();
        }
        boolean shadow = connection.shadow() || given.stream().anyMatch(Role::shadow);
        return Optional.of(new Access(connection.name(), given, shadow, circumstances.lasting(sights())));
    }

    /** What is looked for in results of somebody with this access; what one rule hides another does not only count. */
    public List<Detector> detectors(Access access) {
        Map<Sought, Boolean> hides = new LinkedHashMap<>();
        if (!access.unrestricted()) {
            detection.stream()
                    .filter(rule -> rule.concerns(access))
                    .forEach(rule ->
                            rule.find().forEach(sought -> hides.merge(sought, rule.hides(), Boolean::logicalOr)));
        }
        return hides.entrySet().stream()
                .map(each -> new Detector(each.getKey(), each.getValue()))
                .toList();
    }

    /** What guardrails' conditions look at. */
    private Set<String> sights() {
        return guardrails.stream()
                .flatMap(guardrail -> guardrail.when().stream())
                .flatMap(when -> when.sights().stream())
                .collect(Collectors.toSet());
    }

    /** Whether that may be another at another time. */
    public boolean isTimed(Circumstances circumstances) {
        return roles.stream()
                .filter(role -> role.concerns(circumstances))
                .anyMatch(role -> role.byGrant().isPresent()
                        || role.when().filter(When::isTimed).isPresent());
    }

    /** The roles that may be given on a connection for a time. */
    public List<Role> rolesByGrant(String connection) {
        return roles.stream()
                .filter(role -> role.byGrant().isPresent() && role.connections().contains(connection))
                .toList();
    }

    /** Whether anything may be given for a time. */
    public boolean knowsGrants() {
        return roles.stream().anyMatch(role -> role.byGrant().isPresent());
    }
}

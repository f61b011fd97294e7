package org.sallyport.api;

import java.security.Principal;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.approval.Approval;
import org.sallyport.approval.Approver;

/** Makes an {@link Approver} of the verified caller of a request. */
public final class Callers {
    private Callers() {}

    /**
     * The caller as approver of {@code approval}.
     *
     * @param inGroup asks the server; a role's name is its group's name
     */
    public static Approver approver(Principal caller, Predicate<String> inGroup, Approval approval) {
        Set<String> groups = approval.approverGroups().stream().filter(inGroup).collect(Collectors.toUnmodifiableSet());
        return new Approver(caller.getName(), groups);
    }
}

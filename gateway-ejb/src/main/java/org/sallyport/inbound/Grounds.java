package org.sallyport.inbound;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.inbound.Docket.Finding;
import org.sallyport.policy.Access;
import org.sallyport.policy.Granted;

/** The rule that stands on record of what was permitted: with each grant that it rests on, for each use of one is on record. */
final class Grounds {
    private Grounds() {}

    static String of(Access access, Finding finding) {
        List<String> unnamed = access.grantsBehind(finding.touched().labels()).stream()
                .map(Granted::name)
                .filter(name -> !finding.rule().contains(name))
                .toList();
        return Stream.concat(Stream.of(finding.rule()), unnamed.stream()).collect(Collectors.joining(", "));
    }
}

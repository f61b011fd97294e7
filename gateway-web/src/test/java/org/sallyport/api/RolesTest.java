package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.approval.ApprovalCounter;
import org.sallyport.grant.GrantDesk;
import org.sallyport.record.Chronicle;
import org.sallyport.retention.ErasureDesk;
import org.sallyport.retention.HoldDesk;

class RolesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                ApprovalResource.class,
                SessionResource.class,
                HoldResource.class,
                PurgeResource.class,
                ApprovalCounter.class,
                Chronicle.class,
                HoldDesk.class,
                ErasureDesk.class,
                GrantResource.class,
                GrantDesk.class
            })
    void areTakenByTheWholeClassAndLoosenedByNoMethod(Class<?> guarded) {
        assertThat(guarded).hasAnnotation(RolesAllowed.class);
        assertThat(Stream.of(guarded.getDeclaredMethods())
                        .flatMap(method -> Stream.of(method.getAnnotations()))
                        .map(annotation -> annotation.annotationType().getPackageName()))
                .doesNotContain(RolesAllowed.class.getPackageName());
    }
}

package org.sallyport.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ejb.EJB;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.sallyport.record.StoreSchema;

@InContainer
class StoreIT {

    @EJB
    private StoreSchema schema;

    @Deployment
    static EnterpriseArchive deployment() {
        return Application.with(StoreIT.class);
    }

    @Test
    void bringsItsSchemaUpToDate() {
        assertTrue(schema.isCurrent());
    }
}

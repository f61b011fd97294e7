package org.sallyport.container;

import java.io.File;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.ArchivePaths;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The packaged EAR with a web module more, in which the tests run. */
final class Application {
    private static final ArchivePath DESCRIPTOR = ArchivePaths.create("META-INF/application.xml");

    private Application() {}

    static EnterpriseArchive with(Class<?>... tests) {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "sallyport.ear")
                .importFrom(new File(System.getProperty("sallyport.ear")))
                .as(EnterpriseArchive.class);
        WebArchive web = ShrinkWrap.create(WebArchive.class, "test.war")
                .addClasses(tests)
                .addClasses(InContainer.class, ContainerExtension.class);
        ear.addAsModule(Testable.archiveToTest(web));
        ear.delete(DESCRIPTOR);
        ear.setApplicationXML(new StringAsset("""
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="11">
                  <application-name>sallyport</application-name>
                  <module><connector>gateway-rar.rar</connector></module>
                  <module><ejb>gateway-ejb.jar</ejb></module>
                  <module><web><web-uri>gateway-web.war</web-uri><context-root>/</context-root></web></module>
                  <module><web><web-uri>test.war</web-uri><context-root>/test</context-root></web></module>
                  <library-directory>lib</library-directory>
                </application>
                """));
        return ear;
    }
}

package org.sallyport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/architecture.md as rules: which package may know which. */
class ArchitectureTest {
    /** For each package of ours, the others of ours it may use. A new package is put in here, or the test fails. */
    private static final Map<String, Set<String>> DIRECTIONS = Map.ofEntries(
            // gateway-rar
            Map.entry("contract", Set.of()),
            Map.entry("wire", Set.of()),
            Map.entry("value", Set.of("contract", "wire")),
            Map.entry("proxy", Set.of("contract", "wire", "value")),
            Map.entry("adapter", Set.of("contract", "proxy", "wire")),
            // gateway-ejb
            Map.entry("identity", Set.of("contract")),
            Map.entry("catalog", Set.of("contract", "meaning")),
            Map.entry("sql", Set.of("contract", "catalog")),
            Map.entry("meaning", Set.of()),
            Map.entry("metric", Set.of()),
            Map.entry("unit", Set.of()),
            Map.entry("policy", Set.of("contract", "catalog", "identity", "meaning", "sql", "unit")),
            Map.entry("masking", Set.of("contract", "catalog", "meaning", "policy", "sql")),
            Map.entry("journal", Set.of()),
            Map.entry("checkpoint", Set.of("identity", "journal", "metric")),
            Map.entry("record", Set.of("contract", "checkpoint", "journal", "metric", "sql", "unit")),
            Map.entry("retention", Set.of("metric", "record")),
            Map.entry("grant", Set.of("identity", "policy", "record")),
            Map.entry("export", Set.of("identity", "metric")),
            Map.entry("approval", Set.of("contract", "identity", "record")),
            Map.entry(
                    "inbound",
                    Set.of(
                            "contract",
                            "identity",
                            "catalog",
                            "sql",
                            "meaning",
                            "metric",
                            "policy",
                            "masking",
                            "journal",
                            "record",
                            "retention",
                            "approval",
                            "grant")),
            // gateway-web
            Map.entry(
                    "api",
                    Set.of(
                            "contract",
                            "identity",
                            "policy",
                            "catalog",
                            "record",
                            "retention",
                            "approval",
                            "grant",
                            "inbound")),
            Map.entry("console", Set.of("contract", "identity", "policy", "record", "approval", "inbound", "api")));

    private static final Set<String> ADAPTER = Set.of("contract", "wire", "value", "proxy", "adapter");
    private static final Set<String> WEB = Set.of("api", "console");

    private static final JavaClasses OURS = new ClassFileImporter()
            .importPaths(Stream.of("gateway-rar", "gateway-ejb", "gateway-web")
                    .map(module -> Path.of("..", module, "target", "classes"))
                    .toList());

    static Stream<String> packages() {
        return DIRECTIONS.keySet().stream().sorted();
    }

    @Test
    void knowsEveryPackage() {
        Set<String> found = new TreeSet<>();
        OURS.forEach(type -> found.add(feature(type)));
        assertThat(DIRECTIONS.keySet()).containsAll(found);
        assertThat(found).contains("contract", "wire", "proxy", "adapter", "identity", "policy", "approval", "record");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void goesOnlyInTheWrittenDirections(String name) {
        noClasses()
                .that()
                .resideInAPackage("org.sallyport." + name + "..")
                .should()
                .dependOnClassesThat(oursExcept(name))
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void hasNoCycles() {
        slices().matching("org.sallyport.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void keepsTheContractPlainJava() {
        classes()
                .that()
                .resideInAPackage("org.sallyport.contract..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "org.sallyport.contract.."))
                .check(OURS);
    }

    @Test
    void keepsTheWireToJavaAndNetty() {
        classes()
                .that()
                .resideInAPackage("org.sallyport.wire..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "javax.net..", "io.netty..", "org.jspecify..", "org.sallyport.wire.."))
                .check(OURS);
    }

    @Test
    void keepsNettyInTheAdapter() {
        noClasses()
                .that(inPackagesOtherThan(ADAPTER))
                .should()
                .dependOnClassesThat(resideInAPackage("io.netty.."))
                .check(OURS);
    }

    @Test
    void keepsHttpInTheWebModule() {
        noClasses()
                .that(inPackagesOtherThan(WEB))
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs..", "jakarta.faces..", "jakarta.servlet.."))
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> oursExcept(String name) {
        String[] allowed = Stream.concat(Stream.of(name), directions(name))
                .map(other -> "org.sallyport." + other + "..")
                .toArray(String[]::new);
        return resideInAPackage("org.sallyport..")
                .and(not(resideInAnyPackage(allowed)))
                .as("are ours and not in %s", String.join(", ", allowed));
    }

    private static Stream<String> directions(String name) {
        return DIRECTIONS.getOrDefault(name, Set.of()).stream();
    }

    private static DescribedPredicate<JavaClass> inPackagesOtherThan(Set<String> names) {
        return DescribedPredicate.describe("are not in " + names, type -> !names.contains(feature(type)));
    }

    private static String feature(JavaClass type) {
        return type.getPackageName().replaceFirst("org\\.sallyport\\.", "").replaceFirst("\\..*", "");
    }
}

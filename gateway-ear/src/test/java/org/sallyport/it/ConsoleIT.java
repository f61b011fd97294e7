package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dana in front of the console, in a real browser, while an agent waits. */
@WithGateway
class ConsoleIT {
    private static final String AGENT = "migration-agent";
    /** Hostile to a page: it must be shown, and do nothing. */
    private static final String MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    private final Gateway gateway;
    private final ExecutorService agent = Executors.newSingleThreadExecutor();
    private final ConsoleBrowser browser;

    ConsoleIT(Gateway gateway) {
        this.gateway = gateway;
        browser = ConsoleBrowser.open(gateway.api().url());
    }

    @BeforeEach
    void makeATable() throws SQLException {
        execute("DROP TABLE IF EXISTS console_demo");
        execute("CREATE TABLE console_demo AS SELECT generate_series(1, 10) AS id");
    }

    @AfterEach
    void close() throws SQLException {
        browser.close();
        agent.shutdownNow();
        execute("DROP TABLE IF EXISTS console_demo");
    }

    @Test
    void letsAPersonApproveWhatAnAgentAsksFor() throws SQLException {
        String sql = "DELETE FROM console_demo -- " + MARKUP;
        CompletableFuture<Integer> deleted = ask(sql);
        signIn();
        Locator card = browser.card("DELETE FROM console_demo");
        card.waitFor();
        assertThat(card.textContent()).contains(AGENT, "shop", "mass-change", MARKUP);
        assertThat(count()).isEqualTo(10);

        browser.approve("DELETE FROM console_demo", "agreed with the owner of the table");

        assertThat(deleted.join()).isEqualTo(10);
        browser.awaitGone("DELETE FROM console_demo");
        assertThat(count()).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void letsAPersonDenyAndTellsTheAgentWhy() throws SQLException {
        CompletableFuture<Integer> deleted = ask("DELETE FROM console_demo");
        signIn();
        browser.deny("DELETE FROM console_demo", "not during business hours");

        assertThat(deleted)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("not during business hours");
        assertThat(count()).isEqualTo(10);
    }

    @Test
    void showsASessionWithItsStatementsAndVerdicts() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT count(*) AS shown_in_the_console FROM products")
                    .close();
        }
        signIn();
        browser.page().locator("#record\\:sessions a").first().click();
        Locator shown = browser.page()
                .locator("article.statement")
                .filter(new Locator.FilterOptions().setHasText("shown_in_the_console"))
                .first();
        shown.waitFor();
        assertThat(shown.locator(".tag").textContent()).isEqualTo("permit");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void signsOut() {
        signIn();
        ConsoleBrowser.button(browser.page().locator(".person"), "Sign out").click();
        browser.page().waitForURL("**/signed-out.html");
    }

    /** With {@code -Dsallyport.screenshot=docs/images/console.png}: the picture in the docs. */
    @Test
    void looksLikeThePictureInTheDocs() {
        CompletableFuture<Integer> deleted = ask("DELETE FROM console_demo");
        signIn();
        browser.card("DELETE FROM console_demo").waitFor();
        browser.page().locator("#record\\:sessions table").waitFor();
        String file = System.getProperty("sallyport.screenshot", "");
        if (!file.isEmpty()) {
            browser.screenshot(Path.of(file));
        }
        browser.deny("DELETE FROM console_demo", "only a picture was wanted");
        assertThat(deleted.handle((rows, failure) -> failure).join()).isInstanceOf(CompletionException.class);
    }

    private void signIn() {
        browser.signIn("dana", gateway.identityProvider().password());
    }

    private Connection connect() throws SQLException {
        return gateway.connect("shop", AGENT, gateway.token(AGENT));
    }

    private CompletableFuture<Integer> ask(String sql) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Connection connection = connect();
                            Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(sql);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                agent);
    }

    private int count() throws SQLException {
        try (Connection connection = gateway.connectDirectly("shop");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM console_demo")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = gateway.connectDirectly("shop");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

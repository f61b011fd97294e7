package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A person in front of the console, in the machine's Chromium.
 *
 * <p>A missing Chromium skips the test on a developer's machine and fails it where {@code CI=true}.
 */
public final class ConsoleBrowser implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final String url;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private ConsoleBrowser(String url, Path chromium) {
        this.url = url;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setHeadless(true));
        // The demo's certificates sign themselves; that clients check them is shown by the other tests.
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setViewportSize(1180, 900)
                .setColorScheme(ColorScheme.LIGHT));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("a dialog of a script: " + dialog.message());
            dialog.dismiss();
        });
    }

    static ConsoleBrowser open(String url) {
        Optional<Path> chromium = find();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(chromium).as("Chromium on the PATH").isPresent();
        }
        assumeThat(chromium).as("Chromium on the PATH").isPresent();
        return new ConsoleBrowser(url, chromium.orElseThrow());
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Goes to the console and through the identity provider's form. */
    void signIn(String name, String password) {
        page.navigate(url + "/console/");
        page.locator("input[name=j_username]").fill(name);
        page.locator("input[name=j_password]").fill(password);
        page.locator("input[name=j_password]").press("Enter");
        page.waitForURL(address -> address.startsWith(url + "/console"));
        page.locator(".person .name").waitFor();
    }

    /** The card of the statement with this text. */
    Locator card(String sql) {
        return page.locator("article.card").filter(new Locator.FilterOptions().setHasText(sql));
    }

    void approve(String sql, String reason) {
        decide(sql, "Approve…", reason, "Approve and run once");
    }

    void deny(String sql, String reason) {
        decide(sql, "Deny…", reason, "Deny");
    }

    private void decide(String sql, String choice, String reason, String confirmation) {
        button(card(sql), choice).click();
        Locator dialog = dialog();
        assertThat(dialog.locator(".sql").textContent()).contains(sql);
        dialog.locator("textarea").fill(reason);
        button(dialog, confirmation).click();
    }

    Locator dialog() {
        Locator dialog = page.locator(".ui-dialog:visible");
        dialog.locator("textarea").waitFor();
        return dialog;
    }

    static Locator button(Locator inside, String name) {
        return inside.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Waits until the statement with this text no longer waits. */
    void awaitGone(String sql) {
        card(sql).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    Page page() {
        return page;
    }

    /** What the browser complained about: blocked scripts, script errors, dialogs that a statement managed to open. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void screenshot(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

package org.sallyport.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** The person in front of the page. */
@Named
@RequestScoped
public class Visitor {

    public String getName() {
        return Plain.text(page().getUserPrincipal().getName());
    }

    public boolean isApprover() {
        return page().isUserInRole("approver");
    }

    public boolean isAuditor() {
        return page().isUserInRole("auditor");
    }

    public String getRoles() {
        return Stream.of("approver", "auditor").filter(page()::isUserInRole).collect(Collectors.joining(", "));
    }

    /** Ends the console's session, and the provider's where its address is configured. */
    public void signOut() throws IOException, ServletException {
        ExternalContext page = page();
        ((HttpServletRequest) page.getRequest()).logout();
        page.invalidateSession();
        page.redirect(ConfigProvider.getConfig()
                .getOptionalValue("sallyport.console.sign-out", String.class)
                .orElse(page.getRequestContextPath() + "/signed-out.html"));
    }

    private static ExternalContext page() {
        return FacesContext.getCurrentInstance().getExternalContext();
    }
}

package org.sallyport.api;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The JAX-RS application. A role's name is the name of the group that has it. */
@ApplicationPath("/api/v1")
@DeclareRoles({"approver", "auditor", "admin"})
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Sallyport",
                        version = "1",
                        description = "Approve what agents want to run, and read what they ran."),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "A token of a trusted issuer; its groups are the roles")
public class Api extends Application {}

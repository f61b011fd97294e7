package org.sallyport.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the {@link Gateway}, the {@link GuardedGateway} and the {@link MortalGateway}, each when the first test wants it; the launcher closes it after the last. */
final class GatewayExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(GatewayExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Gateway.class || type == GuardedGateway.class || type == MortalGateway.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Start start =
                context.getRoot().getStore(NAMESPACE).computeIfAbsent(Start.class, key -> new Start(), Start.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == Gateway.class) {
            return start.gateway();
        }
        if (type == MortalGateway.class) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(
                            MortalGateway.class, key -> new MortalGateway(start.gateway()), MortalGateway.class);
        }
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(GuardedGateway.class, key -> startGuarded(start.gateway()), GuardedGateway.class);
    }

    private static GuardedGateway startGuarded(Gateway gateway) {
        try {
            return new GuardedGateway(gateway);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one attempt of a run: where it failed, every test says so at once instead of trying again. */
    private static final class Start implements AutoCloseable {
        private final CompletableFuture<Gateway> outcome = new CompletableFuture<>();

        Start() {
            try {
                outcome.complete(Gateway.start());
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        }

        Gateway gateway() {
            return outcome.join();
        }

        @Override
        public void close() {
            if (!outcome.isCompletedExceptionally()) {
                gateway().close();
            }
        }
    }
}

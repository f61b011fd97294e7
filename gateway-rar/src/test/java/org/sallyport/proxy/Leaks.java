package org.sallyport.proxy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class behind which a buffer was collected that nobody had released.
 *
 * <p>Netty only logs a leak, and finds one when it makes the next buffer after the garbage collector has run.
 */
public final class Leaks implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    /** What classes before this one have left is not its own. */
    @Override
    public void beforeAll(ExtensionContext context) {
        found();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String leaks = found();
        if (!leaks.isEmpty()) {
            throw new AssertionError("buffers were not released: " + leaks);
        }
    }

    /** What was found since the last call. */
    static String found() {
        System.gc();
        for (int i = 0; i < 100; i++) {
            UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
        StringBuilder text = new StringBuilder();
        for (String leak = FOUND.poll(); leak != null; leak = FOUND.poll()) {
            text.append(leak).append('\n');
        }
        return text.toString();
    }

    /** Named to Netty by the property {@code io.netty.customResourceLeakDetector}. */
    public static final class Detector<T> extends ResourceLeakDetector<T> {
        public Detector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        /** Netty looks for this one too, though nothing calls it any more. */
        public Detector(Class<?> resource, int samplingInterval, long maxActive) {
            this(resource, samplingInterval);
        }

        /** As Netty has it a leak counts only where its logger writes. */
        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            FOUND.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            FOUND.add(resourceType);
        }
    }
}

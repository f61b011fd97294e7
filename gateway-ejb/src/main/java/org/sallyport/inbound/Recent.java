package org.sallyport.inbound;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Remembers what was made for the keys that were asked for last. Thread-safe. */
final class Recent<K, V> {
    private final Map<K, V> kept;

    Recent(int size) {
        kept = new Kept<>(size);
    }

    Optional<V> known(K key) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(key));
        }
    }

    /**
     * What is known, or else made, outside of any lock.
     *
     * @param lasts whether it may be kept
     */
    V get(K key, Supplier<V> value, Predicate<V> lasts) {
        Optional<V> known = known(key);
        if (known.isPresent()) {
            return known.get();
        }
        V made = value.get();
        if (lasts.test(made)) {
            synchronized (kept) {
                kept.put(key, made);
            }
        }
        return made;
    }

    private static final class Kept<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        private final int size;

        Kept(int size) {
            super(16, 0.75f, true);
            this.size = size;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > size;
        }
    }
}

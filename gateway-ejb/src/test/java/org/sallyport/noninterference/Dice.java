package org.sallyport.noninterference;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** All chance of one statement. */
final class Dice {
    private final Random random;
    private final Profile profile;
    private int names;

    Dice(long seed, Profile profile) {
        // Seeds beside each other would begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.profile = profile;
    }

    boolean chance(double honest, double hostile) {
        return random.nextDouble() < (profile == Profile.HONEST ? honest : hostile);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    final <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }

    /** Makes only the one that is picked. */
    @SafeVarargs
    final <T> T oneOf(Supplier<T>... of) {
        return pick(of).get();
    }

    boolean makes(Use use) {
        return profile.makes(use);
    }

    /** A name that this statement has not yet. */
    String name(String prefix) {
        return prefix + ++names;
    }
}

package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LobbyTest {
    private final Lobby lobby = new Lobby(5, 2);

    private Optional<Lobby.Place> enter(String address) {
        try {
            return lobby.enter(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneAddressLeavesRoomForOthers() {
        assertThat(enter("192.0.2.1")).isPresent();
        assertThat(enter("192.0.2.1")).isPresent();
        assertThat(enter("192.0.2.1")).isEmpty();
        assertThat(enter("192.0.2.2")).isPresent();
    }

    @Test
    void allAddressesTogetherAreBounded() {
        for (int i = 1; i <= 5; i++) {
            assertThat(enter("192.0.2." + i)).isPresent();
        }
        assertThat(enter("192.0.2.6")).isEmpty();
    }

    @Test
    void whoeverHasAnIpv6NetworkIsOneAddress() {
        assertThat(enter("2001:db8:0:1::1")).isPresent();
        assertThat(enter("2001:db8:0:1:ffff::2")).isPresent();
        assertThat(enter("2001:db8:0:1:8000:1:2:3")).isEmpty();
        assertThat(enter("2001:db8:0:2::1")).isPresent();
    }

    @Test
    void aPlaceIsGivenUpOnce() {
        Lobby.Place first = enter("192.0.2.1").orElseThrow();
        assertThat(enter("192.0.2.1")).isPresent();
        first.leave();
        first.leave();
        assertThat(enter("192.0.2.1")).isPresent();
        assertThat(enter("192.0.2.1")).isEmpty();
    }

    @Test
    void whoIsTurnedAwayTakesNoPlace() {
        List<Lobby.Place> places = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            places.add(enter("192.0.2." + i).orElseThrow());
        }
        for (int i = 0; i < 100; i++) {
            assertThat(enter("192.0.2.1")).isEmpty();
        }
        places.get(0).leave();
        assertThat(enter("192.0.2.1")).isPresent();
    }

    @Test
    void manyAtOnceNeverExceedTheBound() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        enter("192.0.2.1").ifPresent(Lobby.Place::leave);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(enter("192.0.2.1")).isPresent();
        assertThat(enter("192.0.2.1")).isPresent();
        assertThat(enter("192.0.2.1")).isEmpty();
    }
}

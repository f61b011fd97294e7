package org.sallyport.value;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sallyport.contract.Detector;

/** Hides what detectors find in what the server says: the texts of errors and notices, which may carry values. */
public final class MessageScreen {
    private static final String HIDDEN = "********";

    private final Screen screen;

    /** @param detectors those that only count have nothing to do here */
    public MessageScreen(List<Detector> detectors) {
        this.screen = new Screen(detectors.stream().filter(Detector::hides).toList(), new Findings());
    }

    /** The text as the client may see it: the very one where nothing is found. */
    public String screen(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (screen.isTooLong(bytes.length)) {
            return HIDDEN;
        }
        if (!screen.look(bytes, 0, bytes.length)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (int part = 0; part < screen.parts(); part++) {
            shown.append(new String(bytes, from, screen.start(part) - from, StandardCharsets.UTF_8))
                    .append(HIDDEN);
            from = screen.end(part);
        }
        return shown.append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
                .toString();
    }
}

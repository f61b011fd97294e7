package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.value.CopyMasker;
import org.sallyport.wire.CopyResponse;

/** COPY data of which something is masked, from the server to the client. Methods say whether the message may be passed on as it is. */
final class CopyOut {
    private static final Refusal UNFORESEEN = Refusal.of("42501", "a COPY of masked columns cannot be shown");

    private static final Refusal OTHER_COLUMNS = Refusal.of(
            "42501",
            "permission denied: the copied columns are not those that were judged",
            "Rule \"masking\": the server copies other columns, or another format, than it was asked about.",
            "Name the columns to copy, or copy a query.");

    private final Session session;

    CopyOut(Session session) {
        this.session = session;
    }

    /** CopyOutResponse, CopyData or CopyDone. */
    boolean message(byte type, ByteBuf frame, @Nullable Run run) {
        if (run != null && run.refusal() != null) {
            return false;
        }
        CopyMasker masker = run == null ? null : run.copyMasker();
        if (run == null || masker == null || type == 'G') {
            session.end(SessionEnd.ENDED, UNFORESEEN);
            return false;
        }
        return switch (type) {
            case 'H' -> begins(run, masker, CopyResponse.decode(frame.slice().skipBytes(5)));
            case 'd' -> data(run, masker, frame);
            default -> {
                masker.end();
                yield true;
            }
        };
    }

    private boolean begins(Run run, CopyMasker masker, CopyResponse response) {
        if (masker.fits(response.binary(), response.columns())) {
            run.copies();
            return true;
        }
        if (session.replies().isQueried(run)) {
            run.refuse(OTHER_COLUMNS);
        } else {
            // What was sent behind it cannot be taken back.
            session.end(SessionEnd.ENDED, OTHER_COLUMNS);
        }
        return false;
    }

    private boolean data(Run run, CopyMasker masker, ByteBuf frame) {
        if (!run.isCopying()) {
            session.end(SessionEnd.ENDED, UNFORESEEN);
            return false;
        }
        run.row(frame.readableBytes());
        ByteBuf masked = masker.mask(session.client().alloc(), frame);
        if (masked.isReadable()) {
            session.tape().take(run, masked);
            session.outbox().write(masked);
        }
        return false;
    }
}

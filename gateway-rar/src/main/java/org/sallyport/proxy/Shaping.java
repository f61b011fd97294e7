package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Detector;
import org.sallyport.contract.ResultShape;
import org.sallyport.value.MessageScreen;
import org.sallyport.wire.Backend;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.RowDescription;

/** What the client may see of statements that touch masked columns: their results as planned, their errors without words. */
final class Shaping {
    /** Severity, SQLSTATE, positions and the place in the server's source: no values. */
    private static final String PLAIN = "SVCPpFLR";

    private final Session session;
    private List<Detector> screened = List.of();
    private @Nullable MessageScreen screen;

    Shaping(Session session) {
        this.session = session;
    }

    /** Has a result planned, before its first row. */
    void plan(Run run, ByteBuf rowDescription) {
        List<ResultShape.Column> columns = RowDescription.decode(rowDescription).fields().stream()
                .map(field -> new ResultShape.Column(
                        field.name(), field.tableOid(), field.attribute(), field.typeOid(), field.binary()))
                .toList();
        ResultShape shape = new ResultShape(run.statement(), run.completions(), columns);
        run.planned(session.application().shape(session.id(), shape), columns);
    }

    /** Whether what the server says now is about a statement that touches masked columns. */
    boolean concerns(@Nullable Reply current, @Nullable Run run) {
        return session.isDiscreet()
                || (run != null && run.shaped())
                || current instanceof Reply.Prepared
                || (current instanceof Reply.Described described
                        && described.asking() != null
                        && described.asking().shaped());
    }

    /** From now on this is hidden in what the server says, for as long as the session lasts: an error may come late. */
    void screen(List<Detector> detectors) {
        if (!detectors.isEmpty() && !detectors.equals(screened)) {
            screened = detectors;
            screen = new MessageScreen(detectors);
        }
    }

    /** The fields of an error or notice as the client may see them: the very ones where nothing in them is hidden. */
    ErrorFields screened(ErrorFields original) {
        MessageScreen looking = screen;
        if (looking == null) {
            return original;
        }
        Map<Character, String> shown = new LinkedHashMap<>(original.values());
        shown.replaceAll((code, text) -> PLAIN.indexOf(code) < 0 ? looking.screen(text) : text);
        return shown.equals(original.values()) ? original : new ErrorFields(shown);
    }

    static ByteBuf error(ByteBufAllocator allocator, ErrorFields original) {
        return Backend.errorResponse(allocator, Errors.redacted(original));
    }

    static ByteBuf notice(ByteBufAllocator allocator, ErrorFields original) {
        return Backend.noticeResponse(allocator, Errors.redacted(original));
    }
}

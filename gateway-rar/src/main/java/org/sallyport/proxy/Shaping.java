package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.ResultShape;
import org.sallyport.wire.Backend;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.RowDescription;

/** What the client may see of statements that touch masked columns: their results as planned, their errors without words. */
final class Shaping {
    private final Session session;

    Shaping(Session session) {
        this.session = session;
    }

    /** Has a result planned, before its first row. */
    void plan(Run run, ByteBuf rowDescription) {
        List<ResultShape.Column> columns = RowDescription.decode(rowDescription).fields().stream()
                .map(field -> new ResultShape.Column(
                        field.name(), field.tableOid(), field.attribute(), field.typeOid(), field.binary()))
                .toList();
        run.planned(session.application().shape(session.id(), new ResultShape(run.statement(), columns)), columns);
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

    static ByteBuf error(ByteBufAllocator allocator, ErrorFields original) {
        return Backend.errorResponse(allocator, Errors.redacted(original));
    }

    static ByteBuf notice(ByteBufAllocator allocator, ErrorFields original) {
        return Backend.noticeResponse(allocator, Errors.redacted(original));
    }
}

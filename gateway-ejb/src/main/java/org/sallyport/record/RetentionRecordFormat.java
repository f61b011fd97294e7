package org.sallyport.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The layout of purges and holds, behind their tags. */
final class RetentionRecordFormat {
    private RetentionRecordFormat() {}

    static void write(RecordOutput out, PurgeRecord purge) {
        out.id(purge.id());
        out.text(purge.scope().connection().orElse(null));
        out.text(purge.scope().identity().orElse(null));
        out.instant(purge.scope().endedBefore());
        out.number(purge.taken().records());
        out.bytes(purge.taken().digest());
        out.texts(purge.holds());
        out.text(purge.order().by().orElse(null));
        out.text(purge.order().reason());
        out.instant(purge.order().at());
    }

    static PurgeRecord purge(RecordInput in) {
        UUID id = in.id();
        var scope = new PurgeRecord.Scope(optional(in.optionalText()), optional(in.optionalText()), in.instant());
        var taken = new PurgeRecord.Taken(in.number(), in.bytes());
        List<String> holds = in.texts();
        Optional<String> by = optional(in.optionalText());
        String reason = in.text();
        Instant at = in.instant();
        return new PurgeRecord(id, scope, taken, holds, new PurgeRecord.Order(by, reason, at));
    }

    static void write(RecordOutput out, HoldRecord hold) {
        out.id(hold.id());
        out.text(hold.act().code());
        out.optionalId(hold.scope().session().orElse(null));
        out.text(hold.scope().connection().orElse(null));
        out.text(hold.word().who());
        out.text(hold.word().reason());
        out.instant(hold.word().at());
    }

    static HoldRecord hold(RecordInput in) {
        UUID id = in.id();
        HoldRecord.Act act = HoldRecord.Act.of(in.text());
        var scope = new HoldRecord.Scope(Optional.ofNullable(in.optionalId()), optional(in.optionalText()));
        return new HoldRecord(id, act, scope, new HoldRecord.Word(in.text(), in.text(), in.instant()));
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}

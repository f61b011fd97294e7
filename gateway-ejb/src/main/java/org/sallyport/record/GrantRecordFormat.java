package org.sallyport.record;

import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.GrantRecord.Act;
import org.sallyport.record.GrantRecord.Given;
import org.sallyport.record.GrantRecord.Word;

/** The layout of grants, behind their tag. */
final class GrantRecordFormat {
    private GrantRecordFormat() {}

    static void write(RecordOutput out, GrantRecord grant) {
        out.id(grant.id());
        out.text(grant.act().code());
        out.text(grant.given().identity());
        out.text(grant.given().connection());
        out.text(grant.given().role());
        out.texts(grant.given().labels());
        out.texts(grant.given().groups());
        out.instant(grant.given().until());
        out.text(grant.word().who().orElse(null));
        out.text(grant.word().reason());
        out.instant(grant.word().at());
    }

    static GrantRecord grant(RecordInput in) {
        UUID id = in.id();
        Act act = Act.of(in.text());
        Given given = new Given(in.text(), in.text(), in.text(), in.texts(), in.texts(), in.instant());
        Word word = new Word(Optional.ofNullable(in.optionalText()), in.text(), in.instant());
        return new GrantRecord(id, act, given, word);
    }
}

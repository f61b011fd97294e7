package org.sallyport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    @Test
    void refusesAQueryWhoseNulHidesMoreText() {
        assertThatThrownBy(() -> Query.decode(text("select 1\0; drop table t\0"), ClientEncoding.UTF8))
                .isInstanceOf(ProtocolException.class);
        assertThat(Query.decode(text("select 1\0"), ClientEncoding.UTF8).sql()).isEqualTo("select 1");
    }

    @Test
    void readsWhatAServerSpeaksInstead() {
        assertThat(NegotiateProtocolVersion.decode(text("\0\3\0\0\0\0\0\1_pq_.x\0")))
                .isEqualTo(new NegotiateProtocolVersion(3, 0, List.of("_pq_.x")));
        for (String broken : List.of("\0\3\0\0", "\0\3\0\0\0\0\0\1", "\0\3\0\0\0\0\0\0x\0")) {
            assertThatThrownBy(() -> NegotiateProtocolVersion.decode(text(broken)))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void refusesTextWithoutItsTerminator() {
        assertThatThrownBy(() -> Query.decode(text("select 1"), ClientEncoding.UTF8))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        ByteBuf gbk = Unpooled.buffer().writeByte(0xBF).writeByte(0x5C).writeByte(0);
        assertThatThrownBy(() -> Query.decode(gbk, ClientEncoding.UTF8))
                .isInstanceOf(UndecodableText.class)
                .hasMessageContaining("UTF8");
    }

    @Test
    void readsTextsInTheEncodingThatTheServerReports() {
        ByteBuf latin = Unpooled.buffer().writeByte(0xE9).writeByte(0);
        assertThat(Query.decode(latin.slice(), ClientEncoding.reported("LATIN1"))
                        .sql())
                .isEqualTo("é");
        assertThat(Query.decode(latin.slice(), ClientEncoding.reported("WIN1251"))
                        .sql())
                .isEqualTo("й");
        assertThat(Query.decode(latin.slice(), ClientEncoding.reported("SQL_ASCII"))
                        .sql())
                .isEqualTo("é");
        assertThat(Query.decode(text("é\0"), ClientEncoding.reported("SQL_ASCII"))
                        .sql())
                .isEqualTo("é");
    }

    @Test
    void readsParametersWithOneFormatForAllOrOneForEach() {
        ByteBuf one = Unpooled.buffer();
        one.writeBytes(text("p\0s\0"));
        one.writeShort(1).writeShort(1).writeShort(2);
        one.writeInt(2).writeShort(7).writeInt(-1).writeShort(0);
        Bind bind = Bind.decode(one, ClientEncoding.UTF8);
        assertThat(bind.portal()).isEqualTo("p");
        assertThat(bind.statement()).isEqualTo("s");
        assertThat(bind.values()).extracting(Value::binary).containsExactly(true, true);
        assertThat(bind.values().get(0).bytes()).containsExactly(0, 7);
        assertThat(bind.values().get(1).bytes()).isNull();
    }

    @Test
    void refusesParameterFormatsThatDoNotMatchTheParameters() {
        ByteBuf bind = Unpooled.buffer().writeBytes(text("\0\0"));
        bind.writeShort(2).writeShort(0).writeShort(1).writeShort(3);
        assertThatThrownBy(() -> Bind.decode(bind, ClientEncoding.UTF8)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void readsTheFieldsOfAnErrorInTheirOrder() {
        ByteBuf error = text("SERROR\0C42501\0Mpermission denied\0\0");
        ErrorFields fields = ErrorFields.decode(error);
        assertThat(fields.sqlState()).isEqualTo("42501");
        assertThat(fields.values())
                .containsExactly(Map.entry('S', "ERROR"), Map.entry('C', "42501"), Map.entry('M', "permission denied"));
    }

    @Test
    void takesNothingElseForAnSqlState() {
        for (String said : List.of("", "4250", "425011", "4250\n", "4250a", "4250\u00e9")) {
            assertThat(ErrorFields.decode(text("SERROR\0C" + said + "\0\0")).sqlState())
                    .as(said)
                    .isEqualTo("XX000");
        }
    }

    @Test
    void everyDecoderRefusesGarbageByItsOwnExceptionOnly() {
        List<Function<ByteBuf, Object>> decoders = List.of(
                payload -> Query.decode(payload, ClientEncoding.UTF8),
                payload -> Parse.decode(payload, ClientEncoding.UTF8),
                payload -> Bind.decode(payload, ClientEncoding.UTF8),
                payload -> Execute.decode(payload, ClientEncoding.UTF8),
                payload -> Name.decode(payload, ClientEncoding.UTF8),
                payload -> Query.decode(payload, ClientEncoding.reported("SJIS")),
                FunctionCall::decode,
                RowDescription::decode,
                CopyResponse::decode,
                ErrorFields::decode,
                ParameterStatus::decode,
                StartupPacket::decode);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(60)];
            random.nextBytes(garbage);
            for (Function<ByteBuf, Object> decoder : decoders) {
                try {
                    assertThat(decoder.apply(Unpooled.wrappedBuffer(garbage))).isNotNull();
                } catch (ProtocolException | UndecodableText | UnusableName expected) {
                    assertThat(expected.getMessage()).as("seed %d", seed).isNotEmpty();
                }
            }
        }
    }

    @Test
    void readsInWhichFormatCopyDataComes() {
        ByteBuf text =
                Unpooled.buffer().writeByte(0).writeShort(2).writeShort(0).writeShort(0);
        ByteBuf binary = Unpooled.buffer().writeByte(1).writeShort(1).writeShort(1);
        ByteBuf mixed = Unpooled.buffer().writeByte(0).writeShort(1).writeShort(1);
        ByteBuf unknown = Unpooled.buffer().writeByte(2).writeShort(0);

        assertThat(CopyResponse.decode(text)).isEqualTo(new CopyResponse(false, 2));
        assertThat(CopyResponse.decode(binary)).isEqualTo(new CopyResponse(true, 1));
        assertThatThrownBy(() -> CopyResponse.decode(mixed)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> CopyResponse.decode(unknown)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesACancelRequestOfAnImpossibleLength() {
        ByteBuf packet =
                Unpooled.buffer().writeInt(StartupPacket.CANCEL_REQUEST).writeInt(1);
        assertThatThrownBy(() -> StartupPacket.decode(packet)).isInstanceOf(ProtocolException.class);
    }
}

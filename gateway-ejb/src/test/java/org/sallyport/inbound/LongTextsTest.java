package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Reading takes memory, and all sessions have the same. */
class LongTextsTest {
    private static final int LONGEST = 1 << 20;
    private static final int AT_ONCE = (int) Math.max(1, Runtime.getRuntime().maxMemory() / 512 / LONGEST);

    private final LongTexts texts = new LongTexts(Runnable::run);
    private final List<CompletableFuture<String>> judging = new ArrayList<>();

    private CompletionStage<String> judge(int length) {
        return texts.inTurn(length, () -> {
            var answer = new CompletableFuture<String>();
            judging.add(answer);
            return answer;
        });
    }

    private void fill() {
        for (int i = 0; i < AT_ONCE; i++) {
            judge(LONGEST);
        }
        assertThat(judging).hasSize(AT_ONCE);
    }

    @Test
    void whatHasNoRoomWaitsForItsTurn() {
        fill();
        CompletionStage<String> second = judge(LONGEST);
        CompletionStage<String> third = judge(LONGEST);
        assertThat(judging).hasSize(AT_ONCE);

        judging.get(0).complete("one");
        assertThat(judging).hasSize(AT_ONCE + 1);
        judging.get(AT_ONCE).complete("two");

        assertThat(judging).hasSize(AT_ONCE + 2);
        judging.get(AT_ONCE + 1).complete("three");
        assertThat(second).isCompletedWithValue("two");
        assertThat(third).isCompletedWithValue("three");
    }

    @Test
    void shortTextsWaitForNobody() {
        fill();
        judge(LONGEST);

        assertThat(judge(8 * 1024)).isNotCompleted();
        assertThat(judging).hasSize(AT_ONCE + 1);
    }

    @Test
    void aTurnThatFailsIsOverToo() {
        fill();
        for (int i = 0; i < AT_ONCE; i++) {
            judging.get(i).completeExceptionally(new IllegalStateException("the judge fell"));
        }
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            assertThat(texts.<String>inTurn(LONGEST, () -> {
                        throw new IllegalStateException("the judge fell at once");
                    }))
                    .isCompletedExceptionally();
        }
        fillAgain();
    }

    private void fillAgain() {
        judging.clear();
        fill();
    }

    @Test
    void whatIsLongerThanAnyTextHasItsTurnToo() {
        fill();
        CompletionStage<String> tooLong = judge(64 << 20);
        judging.get(0).complete("one");
        judging.get(AT_ONCE).complete("refused");

        assertThat(tooLong).isCompletedWithValue("refused");
    }
}

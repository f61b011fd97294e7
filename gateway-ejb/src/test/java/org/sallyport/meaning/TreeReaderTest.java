package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.meaning.Tree.Atom;
import org.sallyport.meaning.Tree.Items;
import org.sallyport.meaning.Tree.Node;

class TreeReaderTest {
    private static Node node(String text) {
        return (Node) TreeReader.read(text);
    }

    @Test
    void aNodeHasItsFieldsInOrder() {
        Node node = node("{VAR :varno 1 :varattno -2 :vartype 4294967295 :colnames (\"a\" \"b c\") :none <>}");

        assertThat(node.tag()).isEqualTo("VAR");
        assertThat(node.fields().keySet()).containsExactly("varno", "varattno", "vartype", "colnames", "none");
        assertThat(node.number("varno")).isEqualTo(1);
        assertThat(node.number("varattno")).isEqualTo(-2);
        assertThat(Integer.toUnsignedString(node.number("vartype"))).isEqualTo("4294967295");
        assertThat(node.field("none")).isEqualTo(Tree.NOTHING);
        assertThat(node.field("absent")).isEqualTo(Tree.NOTHING);
    }

    @Test
    void listsAndSetsLoseTheirMarks() {
        Node node = node("{X :i (i 1 2) :o (o 16384) :b (b 8 9) :empty (b) :nested ({A :x 1} <> (i 3))}");

        assertThat(node.numbers("i")).containsExactly(1, 2);
        assertThat(node.numbers("o")).containsExactly(16384);
        assertThat(node.numbers("b")).containsExactly(8, 9);
        assertThat(node.field("empty")).isEqualTo(Tree.NOTHING);
        assertThat(((Items) node.field("nested")).items()).hasSize(3);
    }

    /** The alias is the client's: whatever it looks like, it is the value of the field before it. */
    @Test
    void aNameThatLooksLikeAFieldIsAValue() {
        Node node = node("{TARGETENTRY :resname :relid :resorigtbl 5 :other \\}\\ :relid\\ 7 :last 1}");

        assertThat(node.fields().keySet()).containsExactly("resname", "resorigtbl", "other", "last");
        assertThat(node.field("resname")).isEqualTo(new Atom(":relid"));
        assertThat(node.field("other")).isEqualTo(new Atom("} :relid 7"));
        assertThat(node.number("resorigtbl")).isEqualTo(5);
    }

    @Test
    void aConstantsBytesBelongToItsField() {
        Node node = node("{CONST :constvalue 4 [ 1 0 0 -1 ] :location 7}");

        assertThat(((Items) node.field("constvalue")).items()).hasSize(7);
        assertThat(node.number("location")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "word",
                "{A :x 1",
                "{A :x 1})",
                "(1 2}",
                "{}",
                "{A x}",
                "{A :x}",
                "{A :x 1 :x 2}",
                "{A :x 1}{B :y 2}",
                "{A {B :x 1}}"
            })
    void whatIsNoTreeIsRefused(String text) {
        assertThatThrownBy(() -> TreeReader.read(text)).isInstanceOf(UnreadableTree.class);
    }

    @Test
    void depthCostsNoStack() {
        int depth = 200_000;

        Tree tree = TreeReader.read("(".repeat(depth) + ")".repeat(depth));

        assertThat(tree).isInstanceOf(Items.class);
        assertThat(List.of(((Items) tree).items().size())).containsExactly(1);
    }
}

package org.sallyport.masking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.ResultShape;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.Ruling;

/**
 * What the client may see of the result of a statement that was judged by its meaning, or of what it copies.
 *
 * @param columns as the server said that the result would have them
 * @param masks   one for each
 * @param writes  whether it writes into masked columns, so that no mask may come back in it
 * @param agreed  whether a person has agreed to what it shows, so that nothing more is looked for in it
 * @param copy    the COPY that the result goes to
 * @param open    whether nothing labelled is touched, so that any result is shown as it is
 * @param each    those of the statements of a Query that has several, in their order; else none
 */
public record ResultPlan(
        List<Meaning.Column> columns,
        List<Mask> masks,
        boolean writes,
        boolean agreed,
        Optional<CopyTo> copy,
        boolean open,
        List<ResultPlan> each) {

    public ResultPlan {
        columns = List.copyOf(columns);
        masks = List.copyOf(masks);
        each = List.copyOf(each);
        if (columns.size() != masks.size()) {
            throw new IllegalArgumentException("one mask for each column");
        }
    }

    /** Of a result that goes to the client as it is, and to which nobody has agreed. */
    public ResultPlan(List<Meaning.Column> columns, List<Mask> masks, boolean writes) {
        this(columns, masks, writes, false, Optional.empty(), false, List.of());
    }

    /** Of what a Query of several statements shows. */
    public static ResultPlan ofEach(List<ResultPlan> plans) {
        boolean writes = plans.stream().anyMatch(ResultPlan::writes);
        return new ResultPlan(List.of(), List.of(), writes, false, Optional.empty(), false, plans);
    }

    /** Of results that nothing labelled is in, but of whose statement errors must not show what they like. */
    public static ResultPlan ofNothingLabelled() {
        return new ResultPlan(List.of(), List.of(), false, false, Optional.empty(), true, List.of());
    }

    /** The same once a person has agreed to what it shows. */
    public ResultPlan onceAgreed() {
        return new ResultPlan(columns, masks, writes, true, copy, open, each);
    }

    ResultPlan copied(CopyTo to) {
        return new ResultPlan(columns, masks, writes, agreed, Optional.of(to), open, each);
    }

    /** What masks leave in values, three in a row: no honest value has it, and it would take the true one's place. */
    private static final String SENTINEL = String.valueOf(Mask.SENTINEL).repeat(3);

    /** Whether somebody writes back what they were shown in a value's place. */
    public boolean isWrittenBack(List<Parameter> parameters) {
        return writes && parameters.stream().anyMatch(ResultPlan::isMasked);
    }

    private static boolean isMasked(Parameter parameter) {
        byte[] value = parameter.value();
        return value != null
                && (!parameter.binary() || mayHoldText(parameter.typeOid()))
                && isMasked(new String(value, StandardCharsets.ISO_8859_1));
    }

    /** Whether texts stand in a type's binary form as they are, as in somebody's domains; the client may have left the type to the server. */
    private static boolean mayHoldText(int typeOid) {
        return typeOid == 0
                || !CatalogObject.isBuiltIn(typeOid)
                || MaskedType.of(typeOid)
                        .or(() -> MaskedType.ofElements(typeOid))
                        .filter(type -> type.isText() || type == MaskedType.JSON || type == MaskedType.JSONB)
                        .isPresent();
    }

    static boolean isMasked(String value) {
        return value.contains(SENTINEL);
    }

    /** Whether no value is masked. */
    public boolean isClear() {
        return masks.stream().allMatch(Mask.Clear.class::isInstance)
                && each.stream().allMatch(ResultPlan::isClear);
    }

    /** For the result that the server describes; it must be the very one that was judged. */
    public MaskingPlan of(ResultShape result) {
        if (open) {
            return MaskingPlan.Show.clear(result.columns().size());
        }
        if (result.place() < each.size()) {
            return each.get(result.place()).of(result);
        }
        if (!result.columns().stream().map(ResultPlan::origin).toList().equals(columns)) {
            return new MaskingPlan.Refuse(Refusals.deny(
                            Ruling.Ground.LAW,
                            "masking",
                            "permission denied: the result is not the one that was judged",
                            "the server describes other columns than it said the statement has.",
                            "Send the statement again.")
                    .refusal());
        }
        List<Mask> fitting = new ArrayList<>();
        for (int i = 0; i < masks.size(); i++) {
            fitting.add(
                    MaskPlanner.fitting(masks.get(i), result.columns().get(i).typeOid()));
        }
        return new MaskingPlan.Show(fitting);
    }

    private static Meaning.Column origin(ResultShape.Column column) {
        return new Meaning.Column(column.name(), column.tableOid(), column.attribute());
    }
}

package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Visibility;

/** A defence that is switched off. */
enum PlantedLeak {
    CONDITIONS(Use.WHERE),
    SUBQUERIES(Use.SUBQUERY),
    JOINS(Use.JOIN),
    ORDERING(Use.ORDER),
    GROUPING(Use.GROUP),
    DISTINCTION(Use.DISTINCT),
    AGGREGATES(Use.AGGREGATE),
    GROUP_CONDITIONS(Use.HAVING),
    WINDOWS(Use.WINDOW),
    LIMITS(Use.LIMIT),
    SET_OPERATIONS(Use.SET_OPERATION),
    ROWS_MADE(Use.SHAPES),
    RECURSION(Use.RECURSION),
    WHOLE_ROWS(Use.ROW),
    VIEWS(Use.VIEW),
    /** What is made of a value is hidden, but not whether that failed. */
    FAILURES(Use.RISKED),
    LAUNDERING(Use.WRITTEN),
    CONSTRAINTS(Use.CONSTRAINT),
    RETURNED(Use.RETURNING, Visibility.CLEAR),
    EXPLAINED(Use.EXPLAIN, Visibility.CLEAR),
    /** What is made of a value is shown. */
    DERIVATIONS(plan -> masks(plan, mask -> mask instanceof Mask.Redacted ? new Mask.Clear() : mask)),
    ALL_MASKS(plan -> masks(plan, mask -> new Mask.Clear())),
    NULLED_VALUES(plan -> masks(plan, mask -> mask instanceof Mask.Nothing ? new Mask.Clear() : mask)),
    LENGTHS(plan -> masks(plan, mask -> mask instanceof Mask.Constant ? new Mask.KeepLast(0) : mask)),
    WIDER_PARTS(plan -> masks(plan, mask -> mask instanceof Mask.KeepLast part ? wider(part) : mask)),
    FIRST_PARTS(plan -> masks(plan, mask -> mask instanceof Mask.KeepFirst part ? wider(part) : mask)),
    WRONG_COLUMNS(PlantedLeak::shifted),
    /** What is copied is not looked at, in one of its formats. */
    COPIED_TEXT(Delivery.COPY, Delivery.COPY_EXTENDED),
    COPIED_CSV(Delivery.COPY_CSV),
    COPIED_BINARY(Delivery.COPY_BINARY),
    /** Nor are the rows of cursors. */
    FETCHED(Delivery.CURSOR, Delivery.BINARY_CURSOR),
    FETCHED_BY_PROTOCOL(Delivery.CURSOR_AS_PORTAL),
    /** Nor is what was prepared before. */
    EXECUTED(Delivery.PREPARE),
    EXECUTED_BY_PROTOCOL(Delivery.PREPARE_AS_PARSE),
    /** Nor is what stands among other statements in one text. */
    AMONG_OTHERS(Delivery.AMONG),
    /** No result is looked at. */
    RESULTS(Delivery.values());

    private final Optional<Use> use;
    private final Visibility visibility;
    private final UnaryOperator<MaskingPlan> plan;

    /** The only ones that it concerns; none where it concerns all. */
    private final Set<Delivery> deliveries;

    PlantedLeak(Use use) {
        this(use, Visibility.SHAPED);
    }

    PlantedLeak(Use use, Visibility visibility) {
        this.use = Optional.of(use);
        this.visibility = visibility;
        this.plan = UnaryOperator.identity();
        this.deliveries = Set.of();
    }

    PlantedLeak(UnaryOperator<MaskingPlan> plan) {
        this.use = Optional.empty();
        this.visibility = Visibility.SHAPED;
        this.plan = plan;
        this.deliveries = Set.of();
    }

    PlantedLeak(Delivery... deliveries) {
        this.use = Optional.empty();
        this.visibility = Visibility.CLEAR;
        this.plan = UnaryOperator.identity();
        this.deliveries = Set.of(deliveries);
    }

    private static MaskingPlan masks(MaskingPlan plan, UnaryOperator<Mask> other) {
        return plan instanceof MaskingPlan.Show show
                ? new MaskingPlan.Show(show.masks().stream().map(other).toList())
                : plan;
    }

    private static Mask wider(Mask.KeepLast part) {
        return new Mask.KeepLast(part.count() + 3);
    }

    private static Mask wider(Mask.KeepFirst part) {
        return new Mask.KeepFirst(part.count() + 2);
    }

    private static MaskingPlan shifted(MaskingPlan plan) {
        if (plan instanceof MaskingPlan.Show show) {
            List<Mask> masks = new ArrayList<>(show.masks());
            Collections.rotate(masks, 1);
            return new MaskingPlan.Show(masks);
        }
        return plan;
    }

    /** Whose statements may show it. */
    Profile profile() {
        return use.isPresent() ? Profile.HOSTILE : Profile.HONEST;
    }

    /** Whether a statement could use the leak, and no other. */
    boolean concerns(Generated statement) {
        return concerns(statement.uses()) && (deliveries.isEmpty() || deliveries.contains(statement.delivery()));
    }

    private boolean concerns(Set<Use> uses) {
        Set<Use> others = EnumSet.noneOf(Use.class);
        others.addAll(uses);
        boolean used = use.isPresent() ? others.remove(use.get()) : !uses.isEmpty();
        return used && harmless().containsAll(others);
    }

    /** What is only hidden anyway, or cannot be done without. */
    private Set<Use> harmless() {
        if (use.isEmpty() || use.get() == Use.RECURSION || use.get() == Use.RETURNING || use.get() == Use.CONSTRAINT) {
            return EnumSet.of(Use.SHOWN, Use.DERIVED);
        }
        return use.get() == Use.SUBQUERY ? EnumSet.of(Use.SHOWN, Use.WHERE) : EnumSet.of(Use.SHOWN);
    }

    /** Whether a statement that is refused passes. */
    boolean permits(Set<Use> uses) {
        return use.isPresent() && concerns(uses);
    }

    /** Whether a column for which this was done is not masked. */
    boolean shows(Set<Use> uses) {
        return uses.isEmpty()
                || use.filter(leaking -> leaking != Use.RISKED)
                        .filter(uses::contains)
                        .isPresent();
    }

    /** Whether it is about how results of what is permitted are shown. */
    boolean concernsResults() {
        return use.isEmpty();
    }

    Visibility visibility() {
        return visibility;
    }

    MaskingPlan alter(MaskingPlan honest) {
        return plan.apply(honest);
    }
}

package org.sallyport.value;

import java.util.Optional;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskedType;
import org.sallyport.contract.ResultShape;

/** Finds what a mask does to values of a type in a format. */
final class ValueMasks {
    private ValueMasks() {}

    /** For a column that is not shown as it is. */
    static ValueMask of(Mask mask, ResultShape.Column column, Findings findings) {
        if (mask instanceof Mask.Nothing || !mask.suits(column.typeOid())) {
            return ValueMask.NOTHING;
        }
        Optional<MaskedType> type = MaskedType.of(column.typeOid());
        if (type.isPresent()) {
            return of(mask, type.get(), column.binary(), findings);
        }
        return MaskedType.ofElements(column.typeOid())
                .map(element -> array(mask, element, column.binary(), findings))
                .orElse(ValueMask.NOTHING);
    }

    private static ValueMask array(Mask mask, MaskedType element, boolean binary, Findings findings) {
        if (mask instanceof Mask.Constant constant) {
            return binary
                    ? BinaryArrayMask.constant(constant.text(), element)
                    : TextArrayMask.constant(constant.text());
        }
        ValueMask elements = of(mask, element, binary, findings);
        return binary ? new BinaryArrayMask(elements, element) : new TextArrayMask(elements);
    }

    private static ValueMask of(Mask mask, MaskedType type, boolean binary, Findings findings) {
        if (mask instanceof Mask.Screened screened) {
            return screen(new Screen(screened.detectors(), findings), type, binary);
        }
        return of(mask, type, binary);
    }

    private static ValueMask screen(Screen screen, MaskedType type, boolean binary) {
        return switch (type) {
            case JSON, JSONB -> new JsonScreen(screen, binary && type == MaskedType.JSONB);
            default -> new TextScreen(screen);
        };
    }

    private static ValueMask of(Mask mask, MaskedType type, boolean binary) {
        if (mask instanceof Mask.Redacted) {
            return TextMasks.constant(Mask.Redacted.TEXT);
        } else if (mask instanceof Mask.Constant constant) {
            return TextMasks.constant(constant.text());
        } else if (mask instanceof Mask.KeepLast keep) {
            return TextMasks.keepLast(keep.count());
        } else if (mask instanceof Mask.KeepFirst keep) {
            return TextMasks.keepFirst(keep.count());
        } else if (mask instanceof Mask.Email) {
            return new EmailMask();
        } else if (mask instanceof Mask.Hash hash) {
            return new HashMask(new KeyedHash(hash.key()), type, binary);
        } else if (mask instanceof Mask.Tokenize tokenize) {
            return new TokenMask(tokenize.key());
        } else if (mask instanceof Mask.ToPeriod generalize) {
            return new PeriodMask(generalize.period(), type, binary);
        } else if (mask instanceof Mask.ToStep generalize) {
            return step(generalize.step(), type, binary);
        } else if (mask instanceof Mask.Json json) {
            return new JsonMask(JsonMembers.of(json.paths()), binary && type == MaskedType.JSONB);
        }
        return ValueMask.NOTHING;
    }

    private static ValueMask step(int step, MaskedType type, boolean binary) {
        return switch (type) {
            case FLOAT4, FLOAT8 -> new FloatStepMask(step, type, binary);
            case NUMERIC -> binary ? new NumericStepMask(step) : new NumericTextStepMask(step);
            default -> new IntegerStepMask(step, type, binary);
        };
    }
}

package org.sallyport.contract;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One bound parameter, as it came in Bind.
 *
 * @param typeOid the type's OID as given in Parse, or 0 where the client left it to the server
 * @param binary  whether {@code value} is in binary format
 * @param value   the bytes, or null for SQL NULL; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a record of bytes is what it is; equality is defined below
public record Parameter(int typeOid, boolean binary, byte @Nullable [] value) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameter that
                && typeOid == that.typeOid
                && binary == that.binary
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * typeOid + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Parameter[typeOid=" + typeOid + "]";
    }
}

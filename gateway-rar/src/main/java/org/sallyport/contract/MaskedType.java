package org.sallyport.contract;

import java.util.Arrays;
import java.util.Optional;

/** PostgreSQL's types whose values a mask may show as something else than NULL, alone and in arrays. */
public enum MaskedType {
    NAME(19, 1003),
    INT8(20, 1016),
    INT2(21, 1005),
    INT4(23, 1007),
    TEXT(25, 1009),
    JSON(114, 199),
    FLOAT4(700, 1021),
    FLOAT8(701, 1022),
    BPCHAR(1042, 1014),
    VARCHAR(1043, 1015),
    DATE(1082, 1182),
    TIMESTAMP(1114, 1115),
    TIMESTAMPTZ(1184, 1185),
    NUMERIC(1700, 1231),
    UUID(2950, 2951),
    JSONB(3802, 3807);

    private final int oid;
    private final int arrayOid;

    MaskedType(int oid, int arrayOid) {
        this.oid = oid;
        this.arrayOid = arrayOid;
    }

    /** By its OID in {@code pg_type}; empty for an array, and for every other type. */
    public static Optional<MaskedType> of(int oid) {
        return Arrays.stream(values()).filter(type -> type.oid == oid).findFirst();
    }

    /** By the OID of the type of its arrays. */
    public static Optional<MaskedType> ofElements(int arrayOid) {
        return Arrays.stream(values()).filter(type -> type.arrayOid == arrayOid).findFirst();
    }

    public int oid() {
        return oid;
    }

    public int arrayOid() {
        return arrayOid;
    }

    /** Whether its text and binary forms are the same bytes, and any text is a value of it. */
    public boolean isText() {
        return switch (this) {
            case TEXT, VARCHAR, BPCHAR, NAME -> true;
            default -> false;
        };
    }

    /** Whether it counts something. */
    public boolean isNumber() {
        return switch (this) {
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 -> true;
            default -> false;
        };
    }

    /** Whether it says on which day. */
    public boolean isDate() {
        return switch (this) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }
}

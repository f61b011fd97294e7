package org.sallyport.it;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of the API's JSON. */
record Fields(Map<String, Object> values) {

    static Fields of(String json) {
        try {
            return new Fields(JSONObjectUtils.parse(json));
        } catch (ParseException e) {
            throw new IllegalStateException("no JSON object: " + json, e);
        }
    }

    boolean has(String name) {
        return values.get(name) != null;
    }

    String text(String name) {
        return get(name).toString();
    }

    long number(String name) {
        return ((Number) get(name)).longValue();
    }

    Instant time(String name) {
        return Instant.parse(text(name));
    }

    List<String> texts(String name) {
        return ((List<?>) get(name)).stream().map(String::valueOf).toList();
    }

    Fields object(String name) {
        return nested(get(name));
    }

    List<Fields> objects(String name) {
        return ((List<?>) get(name)).stream().map(Fields::nested).toList();
    }

    @SuppressWarnings("unchecked")
    private static Fields nested(Object value) {
        return new Fields((Map<String, Object>) value);
    }

    private Object get(String name) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(() -> new IllegalStateException("no " + name + " in " + values.keySet()));
    }
}

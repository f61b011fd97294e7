package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Mask;

/** What is hidden of a JSON value: all of it, its elements, or something of its members. */
final class JsonMembers {
    private final List<Member> members = new ArrayList<>();
    private boolean whole;
    private boolean elements;

    private JsonMembers() {}

    private record Member(String name, byte[] utf8, JsonMembers hidden) {}

    /** What the paths hide of a whole document. */
    static JsonMembers of(List<Mask.JsonPath> paths) {
        JsonMembers document = new JsonMembers();
        for (Mask.JsonPath path : paths) {
            JsonMembers end = document;
            for (String name : path.names()) {
                end = end.memberAdded(name);
            }
            end.elements |= path.elements();
            end.whole |= !path.elements();
        }
        return document;
    }

    private JsonMembers memberAdded(String name) {
        for (Member member : members) {
            if (member.name.equals(name)) {
                return member.hidden;
            }
        }
        Member added = new Member(name, name.getBytes(StandardCharsets.UTF_8), new JsonMembers());
        members.add(added);
        return added.hidden;
    }

    boolean whole() {
        return whole;
    }

    /** Whether the elements are hidden where the value is an array, and all of it where not. */
    boolean elements() {
        return elements;
    }

    /** What is hidden of a member whose name stands between two indexes, as JSON writes it; null for nothing. */
    @Nullable
    JsonMembers member(ByteBuf json, int from, int to) {
        boolean escaped = json.indexOf(from, to, (byte) '\\') >= 0;
        String name = escaped ? JsonNames.unescape(json.toString(from, to - from, StandardCharsets.UTF_8)) : "";
        for (Member member : members) {
            if (escaped ? member.name.equals(name) : isAt(member.utf8, json, from, to)) {
                return member.hidden;
            }
        }
        return null;
    }

    private static boolean isAt(byte[] name, ByteBuf json, int from, int to) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (json.getByte(from + i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}

package org.sallyport.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The files of a bundle: the one that is named, or all {@code *.yaml} in a folder and below it, in the order of their names.
 *
 * <p>Names that begin with a point are left out: beside what is meant to be read, a mounted ConfigMap has its folders under such
 * names, and editors their drafts. So is what stands under {@code policy-tests}.
 */
final class PolicyFiles {

    /** Its files say what is expected of the bundle. */
    private static final String RESERVED = "policy-tests";

    private static final String ENDING = ".yaml";
    private static final int VERSION_DIGITS = 16;

    /** No policy that people wrote is near it; whatever is, was named by mistake. */
    private static final int LARGEST = 1 << 20;

    private final Path place;
    private final Map<String, byte[]> contents = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private PolicyFiles(Path place) {
        this.place = place;
    }

    /** @throws InvalidBundle where they cannot be read */
    static PolicyFiles of(Path place) {
        PolicyFiles files = new PolicyFiles(place);
        if (Files.isDirectory(place)) {
            files.readFolder();
        } else {
            files.read("", place);
        }
        if (!files.problems.isEmpty()) {
            throw new InvalidBundle(files.problems);
        }
        return files;
    }

    private void readFolder() {
        try (Stream<Path> found = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
            found.filter(file -> !file.equals(place)).forEach(this::readFrom);
        } catch (IOException | UncheckedIOException e) {
            problem(place, "the folder cannot be read: " + e.getClass().getSimpleName());
        }
        if (contents.isEmpty() && problems.isEmpty()) {
            problem(place, "no file in the folder ends in " + ENDING);
        }
    }

    private void readFrom(Path file) {
        Path below = place.relativize(file);
        List<String> names = new ArrayList<>();
        below.forEach(name -> names.add(name.toString()));
        String last = names.get(names.size() - 1);
        if (names.contains(RESERVED) || names.stream().anyMatch(name -> name.startsWith("."))) {
            return;
        }
        if (Files.isDirectory(file)) {
            if (isMeant(last)) {
                problem(file, "a folder; expected a file");
            }
        } else if (!Files.isRegularFile(file)) {
            // What a link to a volume that is not there should have denied would be permitted.
            problem(file, "expected a file or a folder; a link must not lead nowhere");
        } else if (last.endsWith(ENDING)) {
            read(String.join("/", names), file);
        } else if (isMeant(last)) {
            problem(file, "the file would not be read; expected the ending " + ENDING);
        }
    }

    /** Whether somebody who writes a name so means a file of the policy. */
    private static boolean isMeant(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(ENDING) || lower.endsWith(".yml");
    }

    private void read(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                problem(file, "the file is larger than " + LARGEST + " bytes");
            } else {
                // Anything else would be replaced silently, in the midst of a name.
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            }
            contents.put(name, content);
        } catch (CharacterCodingException e) {
            problem(file, "the file is not in UTF-8");
        } catch (IOException e) {
            problem(file, "the file cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private void problem(Path file, String what) {
        problems.add(file + ":1: " + what);
    }

    /** Their texts by their paths, in order. */
    void forEach(BiConsumer<Path, String> reader) {
        contents.forEach((name, content) -> reader.accept(
                name.isEmpty() ? place : place.resolve(name), new String(content, StandardCharsets.UTF_8)));
    }

    /** Of one file the hash of its bytes; of a folder that of all names and bytes, so that nothing can move unseen. */
    String version() {
        MessageDigest digest = sha256();
        contents.forEach((name, content) -> {
            if (!name.isEmpty()) {
                digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            }
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}

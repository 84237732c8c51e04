using System.Collections.Generic;
using static Lyra.Tests.Hostile.LibraryProbe;

namespace Lyra.Tests.Hostile;

/// <summary>The modules that work on text, bytes and numbers alone; a part of <see cref="LibraryProbes"/>.</summary>
internal static class LaterModuleProbes
{
    private const int N = ProbeInputs.Size;

    public static IEnumerable<LibraryProbe> All() =>
        [.. Encodings(), .. Digests(), .. Texts(), .. Statistics(), .. Iterators(), .. Collections(), .. Tests(), .. Dates()];

    private static IEnumerable<LibraryProbe> Encodings() =>
    [
        Makes("encoding.base64.encode", "encoding.base64.encode(text)", N),
        Makes("encoding.base64.encode", "encoding.base64.encode(buffer)", N),
        Makes("encoding.base64.decode", "encoding.base64.decode(digits)", N / 2),
        Makes("encoding.base64.decode", "encoding.base64.decode(digits + \"   \")", N),
        Makes("encoding.hex.encode", "encoding.hex.encode(buffer)", N), Makes("encoding.hex.decode", "encoding.hex.decode(digits)", N / 2),
        Makes("encoding.url.encode", "encoding.url.encode(text)", N),
        Makes("encoding.url.decode", "encoding.url.decode(digits + \"%20\")", N),
        Makes("encoding.html.encode", "encoding.html.encode(text + \"&\")", N),
        Makes("encoding.html.decode", "encoding.html.decode(text + \"&amp;\")", N),
        Makes("encoding.utf8.encode", "encoding.utf8.encode(text)", N), Makes("encoding.utf8.decode", "encoding.utf8.decode(buffer)", N),
    ];

    private static IEnumerable<LibraryProbe> Dates() =>
    [
        Fixed("date.today", "makes one date, after a look at the clock of the host"), Fixed("date.now", "as today"),
        Makes("date.of", "date.of(2026, 11, 27)"), Makes("date.parse", "date.parse(\"2026-11-27T09:30:00+01:00\")"),
        Makes("date.duration", "date.duration(\"P1DT2H30M\")"),
    ];

    private static IEnumerable<LibraryProbe> Digests() =>
    [
        Reads("digest.md5", "digest.md5(buffer)", N), Reads("digest.sha1", "digest.sha1(buffer)", N),
        Reads("digest.sha256", "digest.sha256(buffer)", N), Reads("digest.sha512", "digest.sha512(buffer)", N),
        Reads("digest.crc32", "digest.crc32(buffer)", N), Reads("digest.hmac", "digest.hmac(\"sha1\", buffer, buffer)", N),
        Makes("uuid.v4", "uuid.v4()"), Fixed("uuid.v7", "as v4, after a look at the clock of the host"),
        Makes("uuid.parse", "uuid.parse(\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\")"),
    ];

    private static IEnumerable<LibraryProbe> Texts() =>
    [
        Makes("csv.parse", "csv.parse(text)", N), Makes("csv.parse", "csv.parse(text, false)", N),
        Makes("csv.parse", "csv.parse(\"a\\n\\\"\" + text + \"\\\"\")", N), Makes("csv.stringify", "csv.stringify([ints])", N),
        Makes("csv.stringify", "csv.stringify([[text]])", N), Makes("csv.lines", "list(csv.lines(strs, header: false))", N),
        Makes("path.join", "path.join(text, text)", N), Makes("path.base", "path.base(text)", N),
        Reads("path.ext", "path.ext(blank)", N), Makes("path.dir", "path.dir(blank + \"/a\")", N),
        Makes("path.normalize", "path.normalize(text.replace(\",\", \"/\"))", N),
        Makes("text.wrap", "layout.wrap(digits, 10)", N), Makes("text.wrap", "layout.wrap(blank, 10)", N),
        Makes("text.dedent", "layout.dedent(blank)", N), Makes("text.table", "layout.table([strs])", N),
        Reads("text.levenshtein", "layout.levenshtein(digits, \"abcd\")", N),
    ];

    private static IEnumerable<LibraryProbe> Statistics() =>
    [
        Reads("stats.mean", "stats.mean(ints)", N), Reads("stats.median", "stats.median(falling)", N),
        Reads("stats.stdev", "stats.stdev(floats)", N), Reads("stats.variance", "stats.variance(ints)", N),
        Reads("stats.percentile", "stats.percentile(falling, 50)", N), Makes("stats.histogram", "stats.histogram(ints, 20000)", N),
    ];

    private static IEnumerable<LibraryProbe> Iterators() =>
    [
        Makes("iter.count", "iter.count()"), Makes("iter.cycle", "iter.cycle(ints)"),
        Makes("iter.repeat", "list(iter.repeat(1, 20000))", N),
        Makes("iter.chain", "list(iter.chain(ints, ints))", 2 * N), Makes("iter.product", "list(iter.product(strs, [1]))", N),
        Makes("iter.permutations", "list(iter.permutations(ints, 1))", N),
        Makes("iter.combinations", "list(iter.combinations(ints, 1))", N),
    ];

    private static IEnumerable<LibraryProbe> Collections() =>
    [
        Makes("collections.deque", "collections.deque(ints)", N), Makes("collections.heap", "collections.heap(ints)", N),
        Makes("collections.counter", "collections.counter(ints)", N), Makes("collections.sortedMap", "collections.sortedMap(names)", N),
        Makes("collections.sortedSet", "collections.sortedSet(ints)", N), Makes("collections.bitset", "collections.bitset(640000)", N),
    ];

    private static IEnumerable<LibraryProbe> Tests() =>
    [
        Reads("regex.compile", "regex.compile(digits)", N, "holds the str of the pattern; the cache of patterns is bounded"),
        Reads("test.equal", "test.equal(ints, twins)", N),
        Fixed("test.near", "gives nil and keeps nothing"), Fixed("test.throws", "gives the error that was thrown"),
        Fixed("test.snapshot", "writes the text that tostring makes, and keeps nothing"),
    ];
}

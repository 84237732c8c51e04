using System.Collections.Generic;
using Lyra.Runtime.Values;
using static Lyra.Tests.Runtime.Library.Example;

namespace Lyra.Tests.Runtime.Library;

/// <summary>Examples of the modules that work on text, bytes and numbers alone.</summary>
internal static class TextModuleExamples
{
    public static readonly Example[] Encodings =
    [
        Gives("\"aMOpbGxv\"", "encoding.base64.encode", "héllo"),
        Gives("\"/w==\"", "encoding.base64.encode", new byte[] { 255 }),
        Gives("!TypeError", "encoding.base64.encode", 5),
        Gives("bytes([104, 105, 33])", "encoding.base64.decode", "aG\nkh "),
        Gives("bytes([255])", "encoding.base64.decode", "/w=="),
        Gives("!ValueError", "encoding.base64.decode", "aGk"),
        Gives("!ValueError", "encoding.base64.decode", "a*k="),
        Gives("\"6869ff\"", "encoding.hex.encode", new byte[] { 104, 105, 255 }),
        Gives("bytes([104, 171])", "encoding.hex.decode", "68aB"),
        Gives("!ValueError", "encoding.hex.decode", "6"),
        Gives("!ValueError", "encoding.hex.decode", "6x"),
        Gives("\"a%20b%2F%C3%BC~\"", "encoding.url.encode", "a b/ü~"),
        Gives("\"a+b ü\"", "encoding.url.decode", "a+b%20%C3%bc"),
        Gives("!ValueError", "encoding.url.decode", "100%"),
        Gives("!ValueError", "encoding.url.decode", "%ff"),
        Gives("\"&lt;a b=&quot;c&#39;&quot;&gt;&amp;\"", "encoding.html.encode", "<a b=\"c'\">&"),
        Gives("\"<é'A&nope;&\"", "encoding.html.decode", "&lt;&eacute;&#39;&#x41;&nope;&"),
        Gives("bytes([195, 169])", "encoding.utf8.encode", "é"),
        Gives("\"é\"", "encoding.utf8.decode", new byte[] { 195, 169 }),
        Gives("!ValueError", "encoding.utf8.decode", new byte[] { 255 }),
        Gives("!TypeError", "encoding.utf8.encode", new byte[] { 1 }),
    ];

    public static readonly Example[] Digests =
    [
        Gives("\"d41d8cd98f00b204e9800998ecf8427e\"", "digest.md5", ""),
        Gives("\"a9993e364706816aba3e25717850c26c9cd0d89d\"", "digest.sha1", "abc"),
        Gives("\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"", "digest.sha256", new byte[] { 97, 98, 99 }),
        Gives("\"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94"
            + "fa54ca49f\"", "digest.sha512", "abc"),
        Gives("\"cbf43926\"", "digest.crc32", "123456789"),
        Gives("\"00000000\"", "digest.crc32", ""),
        Gives("\"80070713463e7749b90c2dc24911e275\"", "digest.hmac", "md5", "key", "The quick brown fox jumps over the lazy dog"),
        Gives("\"f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8\"", "digest.hmac", "sha256", "key",
            "The quick brown fox jumps over the lazy dog"),
        Gives("!ValueError", "digest.hmac", "crc32", "key", "x"),
        Gives("!TypeError", "digest.sha1", 5),
        Gives("\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"", "uuid.parse", "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}"),
        Gives("!ValueError", "uuid.parse", "a0eebc99"),
    ];

    public static readonly Example[] Csv =
    [
        Gives("[{\"a\": \"1\", \"b\": \"x \\\"y\\\"\\nz\"}, {\"a\": \"\"}]", "csv.parse", "a,b\r\n1,\"x \"\"y\"\"\nz\"\n\n\"\"\n"),
        Gives("[[\"a\", \"\"], [\"1\", \"2\"]]", "csv.parse", "a;\r1;2", false, ";"),
        Gives("[]", "csv.parse", ""),
        Gives("!ValueError", "csv.parse", "a\n1,2"),
        Gives("!ValueError", "csv.parse", "\"a"),
        Gives("!ValueError", "csv.parse", "\"a\"b"),
        Gives("!ValueError", "csv.parse", "a", true, "ab"),
        Gives("!TypeError", "csv.parse", "a", 1),
        Gives("\"1,\\\"a,b\\\"\\r\\n,\\\"q\\\"\\\"\\\"\\r\\n\"", "csv.stringify", List(List(1, "a,b"), (Value.Nil, "q\""))),
        Gives("\"a\\r\\n1\\r\\n\"", "csv.stringify", List(new Dictionary<object, object> { ["a"] = 1 })),
        Gives("\"1\\r\\n\"", "csv.stringify", List(new Dictionary<object, object> { ["a"] = 1 }), false),
        Gives("\"b;a\\r\\n;1\\r\\n\"", "csv.stringify", List(new Dictionary<object, object> { ["a"] = 1 }), List("b", "a"), ";"),
        Gives("\"\\\"\\\"\\r\\n\"", "csv.stringify", List(List(""))),
        Gives("!TypeError", "csv.stringify", List(1)),
    ];

    public static readonly Example[] Paths =
    [
        Gives("\"a/b/c\"", "path.join", "a", "", "b/", "c"),
        Gives("\"/c\"", "path.join", "a", "/c"),
        Gives("\"\"", "path.join"),
        Gives("!TypeError", "path.join", "a", 1),
        Gives("\"c.txt\"", "path.base", "a/b/c.txt"),
        Gives("\".gz\"", "path.ext", "a.b/c.tar.gz"),
        Gives("\"\"", "path.ext", "a.b/.profile"),
        Gives("\"a/b\"", "path.dir", "a/b/c"),
        Gives("\"/\"", "path.dir", "/a"),
        Gives("\"\"", "path.dir", "a"),
        Gives("\"/a/c\"", "path.normalize", "/../a//b/./../c/"),
        Gives("\"../x\"", "path.normalize", "../a/../x"),
        Gives("\".\"", "path.normalize", "a/.."),
    ];

    public static readonly Example[] Texts =
    [
        Gives("[\"the quick\", \"fox\", \"abcdefghij\", \"kl\"]", "text.wrap", " the  quick fox abcdefghijkl", 10),
        Gives("[]", "text.wrap", " ", 10),
        Gives("!ValueError", "text.wrap", "a", 0),
        Gives("\"a\\n  b\\n\\nc\"", "text.dedent", "  a\n    b\n \n  c"),
        Gives("\"x\\n y\"", "text.dedent", "x\n y"),
        Gives("\"Ann     1\\nBob  22.5\"", "text.table", List(List("Ann", 1), ("Bob", 22.5))),
        Gives("\"name  n\\n----  --\\nAnn   22\"", "text.table",
            List(new Dictionary<object, object> { ["name"] = "Ann", ["n"] = 22 })),
        Gives("!TypeError", "text.table", List(1)),
        Gives("3", "text.levenshtein", "kitten", "sitting"),
        Gives("2", "text.levenshtein", "", "ab"),
    ];

    public static readonly Example[] Stats =
    [
        Gives("2.5", "stats.mean", List(1, 2, 3, 4)),
        Gives("!ValueError", "stats.mean", List()),
        Gives("!TypeError", "stats.mean", List("a")),
        Gives("3", "stats.median", (5, 1, 3)),
        Gives("2.5", "stats.median", List(4, 1, 3, 2)),
        Gives("2.138089935299395", "stats.stdev", List(2, 4, 4, 4, 5, 5, 7, 9)),
        Gives("1.6666666666666667", "stats.variance", List(1, 2, 3, 4)),
        Gives("!ValueError", "stats.variance", List(1)),
        Gives("1.75", "stats.percentile", List(4, 2, 3, 1), 25),
        Gives("4.0", "stats.percentile", List(4, 2, 3, 1), 100),
        Gives("!ValueError", "stats.percentile", List(1), 101),
        Gives("([4, 0, 1], [1.0, 4.0, 7.0, 10.0])", "stats.histogram", List(1, 2, 2, 3, 10), 3),
        Gives("([0, 2], [4.5, 5.0, 5.5])", "stats.histogram", List(5, 5), 2),
        Gives("!ValueError", "stats.histogram", List(1), 0),
    ];

    public static readonly Example[] Tests =
    [
        Gives("nil", "test.equal", List(1, "a"), List(1.0, "a")),
        Gives("!AssertionError", "test.equal", List(1, 2), List(1, 3)),
        Gives("nil", "test.near", 0.1 + 0.2, 0.3),
        Gives("nil", "test.near", 1, 1.5, 0.5),
        Gives("!AssertionError", "test.near", 1, 1.5, 0.1),
        Gives("!AssertionError", "test.near", 1, double.NaN, 0.1),
        Gives("!TypeError", "test.near", "a", 1),
    ];

    public static readonly Example[] Dates =
    [
        Gives("2026-11-27", "date.of", 2026, 11, 27),
        Gives("!ValueError", "date.of", 2023, 2, 29),
        Gives("!TypeError", "date.of", "2026", 1, 1),
        Gives("2026-11-27", "date.parse", "2026-11-27"),
        Gives("2026-11-27T09:30:00+01:00", "date.parse", "2026-11-27T09:30+01:00"),
        Gives("09:30:00", "date.parse", "9.30", "H.mm"),
        Gives("!ValueError", "date.parse", "soon"),
        Gives("!ValueError", "date.parse", "2026-11-27", "dd.MM.yyyy"),
        Gives("P1DT2H", "date.duration", "P1DT2H"),
        Gives("!ValueError", "date.duration", "P1M"),
    ];

    private static Items List(params object?[] values) => new(values);
}

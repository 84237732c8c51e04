using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Lyra.Tests.Service;

/// <summary>A request that the service has to refuse.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="ContentType">The value of this header; null for none.</param>
/// <param name="ContentEncoding">The value of this header; null for none.</param>
internal sealed record WrongRequest(
    string Method, string Path, byte[]? Body = null, string? ContentType = "application/json", string? ContentEncoding = null)
{
    public override string ToString() =>
        $"{Method} {(Path.Length > 200 ? Path[..200] : Path)} [{ContentType}] [{ContentEncoding}] "
            + (Body is null ? "" : Encoding.Latin1.GetString(Body, 0, Math.Min(Body.Length, 80)));
}

/// <summary>Generates wrong requests: every fault at every place where it can be.</summary>
internal static class WrongRequests
{
    private const string Run = "/tenants/acme/scripts/rule/run";
    private const string Jobs = "/tenants/acme/scripts/rule/jobs";

    private static readonly (string Method, string Path)[] JsonPlaces =
        [("PUT", "/tenants/acme"), ("POST", Run), ("POST", Jobs), ("POST", Jobs + "/batch")];

    /// <summary>Places of a name, with the request that has it.</summary>
    private static readonly (string Method, string Path)[] NamePlaces =
    [
        ("PUT", "/tenants/{0}"), ("GET", "/tenants/{0}"), ("PUT", "/tenants/{0}/scripts/rule"), ("GET", "/tenants/{0}/scripts/rule"),
        ("POST", "/tenants/{0}/scripts/rule/run"), ("POST", "/tenants/{0}/scripts/rule/jobs"),
        ("POST", "/tenants/{0}/scripts/rule/jobs/batch"), ("POST", "/tenants/{0}/scripts/rule/rollback"),
        ("PUT", "/tenants/acme/scripts/{0}"), ("GET", "/tenants/acme/scripts/{0}"), ("POST", "/tenants/acme/scripts/{0}/run"),
        ("POST", "/tenants/acme/scripts/{0}/jobs"), ("POST", "/tenants/acme/scripts/{0}/versions/1/activate"),
        ("DELETE", "/tenants/acme/scripts/{0}/versions/1"),
    ];

    private static readonly string[] Names =
    [
        "ACME", "a.b", "..%2F..", "%C3%A9", "a%20b", "-x", "_x", "%FF%FE", "a%0D%0Ab", "a%2Fb", "%F0%9F%98%80", "a'b", "a%22b",
        new string('a', 64), new string('a', 4_000),
    ];

    private static readonly string[] ContentTypes =
    [
        "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "garbage", "json",
        "application/json; charset=utf-16", "application/json; charset=latin1", "application/octet-stream",
    ];

    public static IEnumerable<WrongRequest> All() =>
    [
        .. BadJson().SelectMany(static body => JsonPlaces.Select(place => new WrongRequest(place.Method, place.Path, body))),
        .. BadLimits().Select(static limits => new WrongRequest("PUT", "/tenants/acme", Encoding.UTF8.GetBytes(limits))),
        .. Names.SelectMany(static name => NamePlaces.Select(place =>
            new WrongRequest(place.Method, string.Format(null, place.Path, name), place.Method == "GET" ? null : "{}"u8.ToArray()))),
        .. ContentTypes.Append(null).SelectMany(static type => JsonPlaces.Select(place =>
            new WrongRequest(place.Method, place.Path, "{}"u8.ToArray(), type))),
        .. ((string[])["gzip", "br", "deflate", "gzip, br"]).SelectMany(static encoding => JsonPlaces.Select(place =>
            new WrongRequest(place.Method, place.Path, "{}"u8.ToArray(), ContentEncoding: encoding))),
        .. BadBatches().Select(static body => new WrongRequest("POST", Jobs + "/batch", Encoding.UTF8.GetBytes(body))),
        .. BadSources(), .. BadPaths(), .. BadMethods(),
    ];

    private static IEnumerable<byte[]> BadJson()
    {
        // Cut at every byte but the last.
        byte[] whole = Encoding.UTF8.GetBytes("""{"maxSteps": 20000, "é\u00e9": [1.5e3, true, null, "x"]}""");
        for (int length = 0; length < whole.Length; length++)
        {
            yield return whole[..length];
        }

        string[] texts =
        [
            " ", "{no", "nul", "tru", "'x'", "{\"a\":1,}", "[1,]", "[1 2]", "{\"a\" 1}", "{a: 1}", "// c\n{}", "{} /* c */", "{}{}", "{} x",
            "NaN", "Infinity", "-Infinity", "+1", "01", "1.", ".5", "1e", "0x10", "\"\u0001\"", "\"\n\"", "\"\\x41\"", "\"\\u12\"",
            "\uFEFF{}",
            "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "{\"\\ud800\": 1}", "[\"\\ud83d\"]", "{\"a\": [\"x\\udfff\"]}",
            "1e999", "[-1e400]", "{\"n\": 1e5000}", "[" + new string('9', 401) + "]", new string('9', 100_000),
            "{\"a\":1,\"a\":2}", "[{\"a\":{\"b\":1,\"c\":2,\"b\":3}}]", "{\"\\u0061\":1,\"a\":2}",
            Nested(101, "[", "]"), Nested(1_000, "[", "]"), Nested(100_000, "[", "]"), Nested(100_000, "[", ""), Nested(500_000, "[", ""),
            Nested(101, "{\"a\":", "1}", ""), Nested(20_000, "{\"a\":", "}", "1"),
        ];
        foreach (string text in texts)
        {
            yield return Encoding.UTF8.GetBytes(text);
        }

        foreach (byte[] bytes in BadUtf8())
        {
            yield return [.. "{\"a\": \""u8, .. bytes, .. "\"}"u8];
        }

        yield return Encoding.Unicode.GetBytes("{}");
        yield return Encoding.UTF32.GetBytes("{}");
        yield return [.. "{\"a\": \""u8, .. new byte[1 << 21], .. "\"}"u8];
    }

    /// <summary>Overlong forms, halves of characters, surrogates, code points beyond the last one, lone continuations.</summary>
    private static byte[][] BadUtf8() =>
    [
        [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xBF, 0xBF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xFF], [0xFE],
    ];

    private static IEnumerable<string> BadLimits()
    {
        string[] values =
            ["null", "\"x\"", "\"1000\"", "true", "[]", "{}", "1.5", "-1", "0", "1e30", "99999999999999999999", "9223372036854775808"];
        return ((string[])["maxSteps", "timeoutMs", "maxMemoryBytes", "maxFrames"])
            .SelectMany(name => values.Select(value => $"{{\"{name}\": {value}}}"))
            .Concat(["null", "[]", "1", "\"x\"", "true", "{\"maxStep\": 5000}", "{\"\": 1}", "{\"highest\": {}}"]);
    }

    private static IEnumerable<string> BadBatches() =>
        ["{}", "null", "1", "\"x\"", "[]", "[" + string.Join(',', Enumerable.Repeat("1", 1_001)) + "]"];

    private static IEnumerable<WrongRequest> BadSources()
    {
        const string Script = "/tenants/acme/scripts/rule";
        string[] sources =
        [
            "let", "let x = ", "((((", "}", "\"", "1 +", "undefinedName", "proc", "match", "if true {", "\0", "let x = 1\nlet x = ]",
            new string('(', 20_000), new string(' ', 262_145), "@", "let é̀ = $",
        ];
        return
        [
            .. sources.Select(static source => new WrongRequest("PUT", Script, Encoding.UTF8.GetBytes(source), "text/plain")),
            .. BadUtf8().Select(static bytes => new WrongRequest("PUT", Script, [.. "print(\""u8, .. bytes, .. "\")"u8], "text/plain")),
            new("PUT", Script, Encoding.Unicode.GetBytes("print(1)"), "text/plain; charset=utf-16"),
            new("PUT", Script, "1"u8.ToArray(), "text/plain", "gzip"),
            new("PUT", Script, new byte[1 << 21], "text/plain"),
            new("PUT", Script + "?activate=maybe", "1"u8.ToArray(), "text/plain"),
            new("PUT", Script + "?activate=", "1"u8.ToArray(), "text/plain"),
            new("PUT", "/tenants/none/scripts/rule", "1"u8.ToArray(), "text/plain"),
        ];
    }

    private static IEnumerable<WrongRequest> BadPaths()
    {
        const string Versions = "/tenants/acme/scripts/rule/versions/";
        string[] numbers = ["0", "-1", "2147483647", "99999999999", "abc", "1.5", "1e3", ""];
        string[] ids = ["1", "abc", Guid.Empty.ToString(), new string('0', 5_000), "{}", Guid.NewGuid().ToString("N")];
        string[] others =
        [
            "/", "/tenants", "/tenants/", "/tenants//scripts/rule", "/tenants/acme/scripts", "/tenants/acme/jobs", "/metrics/x", "/healthy",
            "/tenants/acme/scripts/rule/runs", "/%2e%2e/%2e%2e/etc/passwd", "/tenants/none", "/tenants/acme/scripts/none",
        ];
        return
        [
            .. numbers.Select(static number => new WrongRequest("POST", $"{Versions}{number}/activate")),
            .. numbers.Select(static number => new WrongRequest("DELETE", Versions + number)),
            .. ids.Select(static id => new WrongRequest("GET", $"/tenants/acme/jobs/{id}")),
            .. others.Select(static path => new WrongRequest("GET", path)),
            new("POST", "/tenants/acme/scripts/none/run", "1"u8.ToArray()),
            new("POST", "/tenants/acme/scripts/none/jobs", "1"u8.ToArray()),
            new("POST", "/tenants/none/scripts/rule/run", "1"u8.ToArray()),
            new("POST", "/tenants/acme/scripts/none/rollback"),
        ];
    }

    private static IEnumerable<WrongRequest> BadMethods() =>
        ((string[])["PATCH", "OPTIONS", "DELETE", "QUERY"]).SelectMany(static method =>
            ((string[])["/tenants/acme", "/tenants/acme/scripts/rule", Run, Jobs, "/metrics"])
                .Select(path => new WrongRequest(method, path, "{}"u8.ToArray())));

    private static string Nested(int depth, string open, string close, string middle = "") =>
        string.Concat(Enumerable.Repeat(open, depth)) + middle + string.Concat(Enumerable.Repeat(close, depth));
}

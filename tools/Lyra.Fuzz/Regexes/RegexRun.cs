using System;
using System.IO;

namespace Lyra.Fuzz.Regexes;

/// <summary>Runs a case in an engine under limits.</summary>
internal static class RegexRun
{
    /// <summary>
    /// Gives the matches with their groups, which are sorted because .NET does not tell the order of the parentheses; the parts between
    /// them; whether the text begins with a match; and the replaced text.
    /// </summary>
    private const string Compared = """
        import regex
        let lines = []
        for m in regex.findAll(p, t) {
            lines.push(tostring(m["start"]) + " " + tostring(m["end"]))
            lines.extend(sorted(m["groups"].map(g => g ?? "nil")))
        }
        lines.push("split")
        lines.extend(regex.split(p, t))
        lines.push(if regex.match(p, t) == nil { "does not match" } else { "matches" })
        try { lines.push(regex.replace(p, t, r)) } catch e { lines.push(e.message[15..]) }
        "\u{1F}".join(lines)
        """;

    private static readonly string[] Hostile =
    [
        "import regex\nregex.test(p, t)",
        "import regex\nregex.match(p, t)",
        "import regex\nregex.findAll(p, t)",
        "import regex\nregex.replace(p, t, r)",
        "import regex\nregex.replace(p, t, m => m[\"text\"] + m[\"text\"])",
        "import regex\nregex.split(p, t)",
        "import regex\nfor i in 0..100 { try { regex.test(p + tostring(i), t) } catch e { } }",
        "import regex\nlet kept = []\nwhile true { kept.push(regex.find(p, t)) }",
    ];

    private static readonly LyraScript ComparedScript = LyraScript.Compile(Compared, "regex.lyra");
    private static readonly LyraScript[] HostileScripts = Array.ConvertAll(Hostile, source => LyraScript.Compile(source, "regex.lyra"));

    /// <summary>The number of ways in which a hostile case is run.</summary>
    public static int HostileCount => Hostile.Length;

    /// <summary>The source of a way.</summary>
    public static string HostileSource(int way) => Hostile[way];

    /// <summary>The result of a case that is compared with .NET.</summary>
    public static string Compare(RegexCase given, LyraLimits limits) => Run(ComparedScript, given, limits);

    /// <summary>The result of a hostile case, which does not matter.</summary>
    public static string Attack(RegexCase given, int way, LyraLimits limits) => Run(HostileScripts[way], given, limits);

    /// <summary>
    /// Runs a script. The result of a Lyra exception is its kind and message, so any other exception is a fault of Lyra.
    /// </summary>
    private static string Run(LyraScript script, RegexCase given, LyraLimits limits)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, Limits = limits, Output = TextWriter.Null });
        engine.Globals["p"] = given.Pattern;
        engine.Globals["t"] = given.Text;
        engine.Globals["r"] = given.Replacement;
        try
        {
            LyraValue value = engine.Run(script);
            return script == ComparedScript ? value.As<string>() : string.Empty;
        }
        catch (LyraLimitException e)
        {
            return $"{e.Limit} limit";
        }
        catch (LyraException e) when (e.Kind == "ValueError")
        {
            return e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        }
    }
}

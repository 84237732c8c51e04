using System.Collections.Generic;

namespace Lyra.Tests.Hostile;

/// <summary>Regular expressions that take as much time and memory as they can.</summary>
internal static class RegexBombs
{
    /// <summary>
    /// Patterns with which regular expressions have been attacked, and texts. They end early because failed choice points are remembered,
    /// or at a limit.
    /// </summary>
    private static readonly (string Pattern, string Text, bool IsQuick)[] Known =
    [
        ("(a+)+b", "\"a\" * 2000", true),
        ("(a|a)*b", "\"a\" * 2000", true),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "\"a\" * 500", true),
        ("(x+x+)+y", "\"x\" * 500", true),
        ("(.*a){20}$", "\"a\" * 60 + \"b\"", true),
        ("(?:a*)*b", "\"a\" * 60", true),
        ("(a|a?)+b$", "\"a\" * 60 + \"c\"", true),
        ("(?:(?:a*){40}b?){40}c", "\"a\" * 60", false),
        (@"^(\w+\s?)*\$$", "\"word \" * 300", true),
        (@"(\w+)\1+x", "\"a\" * 3000", false),
        (@"^(?=(a|aa)+$)\1", "\"a\" * 80 + \"b\"", false),
    ];

    public static IEnumerable<HostileProgram> All() => [.. Backtracking(), .. Classics(), .. Large(), .. Hot()];

    private static IEnumerable<HostileProgram> Backtracking()
    {
        const string text = "let text = \"a\" * 40 + \"!\"\n";
        foreach (string call in new[] { "test(p, text)", "match(p, text)", "find(p, text)", "findAll(p, text)", "replace(p, text, \"\")",
            "split(p, text)" })
        {
            yield return HostileProgram.Failing($"backtracking in regex.{call}",
                $"import regex\nlet p = r\"^(?=(a+)+$)\"\n{text}regex.{call}\n", "LimitExceeded") with
            { Options = ["--timeout", "500"] };
        }
        yield return new HostileProgram("backtracking over paths that have failed",
            "import regex\nprint(regex.test(r\"^(a+)+$\", \"a\" * 2000 + \"!\"))")
        { Output = "false\n", Options = ["--timeout", "20000"] };
        yield return HostileProgram.Failing("backtracking caught", $"import regex\n{text}while true {{ try {{ regex.test(r\"^(?=(a+)+$)\", "
            + $"text) }} catch e {{ }} }}", "LimitExceeded") with
        { Options = ["--timeout", "500"] };
        foreach (string pattern in new[] { "(", "[a", "*", "a{2,1}", "\\\\", "(?<n", "\\\\p{Nothing}" })
        {
            yield return HostileProgram.Failing($"the pattern {pattern}", $"import regex\nprint(regex.test(\"{pattern}\", \"a\"))",
                "ValueError");
        }
    }

    private static IEnumerable<HostileProgram> Classics()
    {
        foreach ((string pattern, string text, bool isQuick) in Known)
        {
            HostileProgram program =
                Bounded($"the known attack {pattern}", $"print(regex.test(r\"{pattern}\", {text}))", isQuick ? "20000" : "500");
            yield return isQuick ? program with { Output = "false\n", Codes = [0] } : program;
        }
    }

    private static IEnumerable<HostileProgram> Large()
    {
        foreach ((string name, string pattern) in Patterns())
        {
            yield return Bounded($"a pattern of {name}", $"regex.test({pattern}, \"a\" * 100)", "1000");
        }
        foreach ((string name, string pattern, string subject) in Growing())
        {
            yield return Bounded($"a search with {name}", $"regex.test({pattern}, {subject})", "20000") with { Kinds = ["LimitExceeded"] };
        }
        yield return Bounded("a replacement of the whole text", "regex.replace(\"a\", \"a\" * 100000, \"$_\" * 3000)", "20000") with
        { Kinds = ["LimitExceeded"] };
        yield return Bounded("a replacement of nothing a million times", "regex.replace(\"\", \"a\" * 1000000, \"$1\" * 20000)", "500") with
        { Kinds = ["LimitExceeded", "ValueError"] };
        yield return Bounded("a split into millions", "regex.split(\"\", \"a\" * 20000000)", "20000") with { Kinds = ["LimitExceeded"] };
        yield return Bounded("a replacement of ten million parts", "regex.replace(\"a\", \"a\", \"$1x\" * 10000000)", "20000") with
        { Kinds = ["LimitExceeded"] };
        yield return Bounded("maps of many groups", "let kept = []\nlet p = \"(?<n>a)?()\" + \"(b)?\" * 12000\nwhile true { "
            + "kept.push(regex.find(p, \"aa\")) }", "20000") with
        { Kinds = ["LimitExceeded"], MemoryLimit = HostileProgram.Small };
        yield return Bounded("ten thousand large patterns",
            "let kept = []\nfor i in 0..10000 { regex.test(\"[α-ω](a)\" * 300 + tostring(i), \"x\") }", "1000");
        yield return HostileProgram.Failing("ten thousand patterns", "import regex\nvar i = 0\nwhile true { regex.test(tostring(i), "
            + "\"x\")\ni += 1 }", "LimitExceeded") with
        { Options = ["--timeout", "1000"] };
    }

    /// <summary>Searches in compiled loops.</summary>
    private static IEnumerable<HostileProgram> Hot()
    {
        yield return HostileProgram.Failing("backtracking in a compiled loop", "import regex\nvar n = 0\nfor i in 0..100000 {\n"
            + "if regex.test(r\"^(?=(a+)+$)\", \"a\" * (i % 30) + \"!\") { n += 1 }\n}\nprint(n)\n", "LimitExceeded") with
        { Options = ["--timeout", "1000"], IsHot = true };
        yield return HostileProgram.Failing("new patterns in a compiled loop", "import regex\nvar n = 0\nwhile true {\nn += 1\n"
            + "regex.test(\"(a|b)\" * 50 + tostring(n), \"ab\")\n}\n", "LimitExceeded") with
        { Options = ["--timeout", "1000"], IsHot = true };
        yield return HostileProgram.Failing("matches kept in a compiled loop", "import regex\nlet kept = []\nwhile true {\n"
            + "kept.push(regex.findAll(r\"(\\w)(\\w)\", \"abcdefgh\" * 10))\n}\n", "LimitExceeded") with
        { IsHot = true };
    }

    /// <summary>Patterns that are large or deep, as expressions of a script.</summary>
    private static (string Name, string Pattern)[] Patterns() =>
    [
        ("20,000 groups within each other", "\"(\" * 20000 + \"a\" + \")\" * 20000"),
        ("60,000 subtractions within each other", "\"[a-\" * 60000 + \"[b]\" + \"]\" * 60000"),
        ("60,000 lookbehinds within each other", "\"(?<=\" * 60000 + \"a\" + \")\" * 60000"),
        ("ten million units", "\"a\" * 10000000"),
        ("60,000 sets without case", "\"(?i)\" + \"k\" * 60000"),
        ("300,000 ranges without case", "\"(?i)[\" + \"\".join((0..300000).map(i => chr(256 + i * 3 % 50000))) + \"]\""),
        ("full ranges without case", "\"(?i)\" + r\"[\\0-\\uffff]\" * 5000"),
        ("20,000 captures", "\"(a)?\" * 15000 + r\"\\15000\""),
        ("20,000 alternatives", "\"a|\" * 20000 + \"b$\""),
        ("overlapping classes", "\"\".join((0..2000).map(i => \"[\" + chr(300 + i * 7) + \"-\" + chr(5300 + i * 7) + \"]\"))"),
        ("a name of 60,000 units", "\"(?<\" + \"n\" * 60000 + \">a)\""),
        ("6,000 named groups", "\"\".join((0..6000).map(i => \"(?<n\" + tostring(i) + \">a)?\"))"),
        ("alternatives with the same beginning", "\"(?:\" + \"|\".join((0..8000).map(i => \"a\" * (i % 5) + tostring(i))) + \")+$\""),
        ("nullable alternatives within each other", "\"(\" * 90 + \"|a|b|c\" + \"|a|b|c)*\" * 90"),
        ("empty classes", "r\"[^\\0-\\uffff]|\" * 4000"),
        ("lookaheads in a row", "\"(?=a|b)\" * 8000"),
        ("counts in a row", "\"(?:ab?){0,1000}\" * 4000"),
        ("references in a row", "\"(a*)\" + r\"\\1\" * 30000 + \"b\""),
        ("10,000 blocks", "r\"\\p{IsGreek}\" * 5000"),
    ];

    /// <summary>Searches whose stacks grow with the text or with counts.</summary>
    private static (string Name, string Pattern, string Text)[] Growing() =>
    [
        ("alternatives in a loop", "\"(?:a|ab|b)*x\"", "\"ab\" * 20000000"),
        ("captures in a loop", "r\"(?s)(?:(.)|(.))*\\1\\1x\"", "\"ab\" * 20000000"),
        ("nested counts", "\"(?:(?:(?:(a?){1000}){1000}){1000}){1000}x\"", "\"a\""),
        ("an empty loop", "\"(){2000000000}x\"", "\"a\""),
        ("balanced captures", "\"(?:(?<n>a))*(?<-n>b)\"", "\"a\" * 40000000"),
        ("a lookahead in a loop", "r\"(?:(?=(a))\\1)*x\"", "\"a\" * 40000000"),
    ];

    /// <summary>A call that ends within the bounds of memory and time: twice the limit and 150 MB.</summary>
    private static HostileProgram Bounded(string name, string call, string timeout) =>
        new(name, $"import regex\n{call}\n")
        {
            Codes = [0, 1],
            Kinds = ["LimitExceeded", "ValueError"],
            Options = ["--timeout", timeout],
        };
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Storage;

namespace Lyra.Fuzz.Coverage;

/// <summary>The inputs from which afl-fuzz starts.</summary>
internal static class Seeds
{
    /// <summary>Longer sources have constructs that shorter ones have, too, and take longer for each input.</summary>
    private const int MostBytes = 600;

    private static readonly string[] Patterns =
    [
        "a+b*c?\nxaabbc", "(?<y>\\d{4})-(?<m>\\d\\d)\n2026-11-28 and 1999-01-01", "(?i)[^a-f\\W_]+?\\b\nHello wörld",
        "(a|b(?=c))*\\1\nabcabc",
        "^(?:x|(y))$(?m)\nx\ny\nz", "(?>a+)b{2,3}|\\p{Lu}\\u0041\nAABBab", "[\\s\\S]*?(?<!\\\\)\"\n\\\"a\"b",
    ];

    private static readonly string[] Json =
    [
        "null", "[1, -2.5e3, 0.1, 12345678901234567890]", "{\"a\": [true, false, null], \"b\": {\"c\": \"\\u00e9\\n\\\\\"}}",
        "\"\\ud83d\\ude00\"",
        " [ [ ] , { } ] ",
    ];

    /// <summary>Writes the seeds of a target into a folder, a file for each.</summary>
    public static void Write(string target, string folder)
    {
        IEnumerable<byte[]> seeds = target switch
        {
            "parser" => Sources().Select(Encoding.UTF8.GetBytes),
            "loader" => Sources().Select(Body).OfType<byte[]>(),
            "regex" => Patterns.Select(Encoding.UTF8.GetBytes),
            _ => Json.Select(Encoding.UTF8.GetBytes),
        };
        int number = 0;
        foreach (byte[] seed in seeds)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{number++:000}"), seed);
        }
    }

    private static IEnumerable<string> Sources() =>
        from file in Directory.EnumerateFiles("Lyra.Tests/Conformance/cases", "*.lyra", SearchOption.AllDirectories)
        where new FileInfo(file).Length <= MostBytes
        orderby file
        select File.ReadAllText(file);

    /// <summary>The stored form of a program without its header; null if it is invalid.</summary>
    private static byte[]? Body(string source)
    {
        try
        {
            return ModuleWriter.Body(LyraScript.Compile(source).Module, new WorkMeter()).ToArray();
        }
        catch (LyraCompileException)
        {
            return null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Lyra.Tests.Hostile;

/// <summary>
/// The inputs that the calls of <see cref="LibraryProbes"/> name. An engine gets the inputs that its call names as globals.
/// </summary>
internal static partial class ProbeInputs
{
    /// <summary>The number of elements of every sequence, and of code units of every text.</summary>
    public const int Size = 20_000;

    /// <summary>The number of 64-bit words of the big ints.</summary>
    public const int Words = 1_000;

    private static readonly Dictionary<string, Func<LyraValue>> Given = new()
    {
        ["ints"] = () => LyraValue.From(Range().ToArray()),
        ["twins"] = () => LyraValue.From(Range().ToArray()),
        ["falling"] = () => LyraValue.From(Range().Select(i => Size - i).ToArray()),
        ["ones"] = () => LyraValue.From(Enumerable.Repeat(1L, Size).ToArray()),
        ["floats"] = () => LyraValue.From(Range().Select(i => i + 0.5).ToArray()),
        ["flags"] = () => LyraValue.From(Range().Select(i => i % 2 == 0).ToArray()),
        ["strs"] = () => LyraValue.From(Range().Select(i => $"k{i * 7919 % Size}").ToArray()),
        ["text"] = () => Text(),
        ["same"] = () => Text(),
        ["blank"] = () => new string(' ', Size / 2) + new string('x', Size) + new string(' ', Size / 2),
        ["digits"] = () => new string('7', Size),
        ["document"] = () => "[" + string.Join(",", Range()) + "]",
        ["names"] = () => LyraValue.From(Range().ToDictionary(i => $"k{i}", i => i)),
        ["others"] = () => LyraValue.From(Range().ToDictionary(i => $"k{i}", i => -i)),
        ["big"] = () => BigInteger.Pow(3, 64 * Words * 100 / 158),
        ["again"] = () => BigInteger.Pow(3, 64 * Words * 100 / 158),
        ["near"] = () => BigInteger.Pow(5, 64 * Words * 100 / 232),
        ["byText"] = () => LyraValue.From(new Dictionary<string, long> { [Text()] = 1 }),
        ["xs"] = () => LyraValue.From(Array.Empty<long>()),
        ["empty"] = () => LyraValue.From(new Dictionary<string, long>()),
    };

    // Inputs that only a script can create, if possible in fewer steps than elements.
    private static readonly Dictionary<string, string> Made = new()
    {
        ["fours"] = "let fours = tuple([4] * 20000)",
        ["fives"] = "let fives = tuple([4] * 19999 + [5])",
        ["numbers"] = "let numbers = set(0..20000)",
        ["grown"] = "let grown = set([])",
        ["buffer"] = "let buffer = bytes(20000)",
        ["count"] = "proc count() { for i in 0..20000 { yield i } }",
        ["tasks"] = "let tasks = (0..1000).map(x => chan(0).recv())",
        ["channel"] = "let channel = chan(1000000000)",
        ["updated"] = "proc updated(other) { let m = {}\nm.update(other)\nreturn m }",
        ["Point"] = "struct Point { x; y }",
        ["later"] = "async proc later() { await sleep(1000000) }",
        ["json"] = "import json",
        ["math"] = "import math",
        ["random"] = "import random",
        ["regex"] = "import regex",
        ["simd"] = "import simd",
        ["task"] = "import task",
        ["io"] = "import io",
        ["os"] = "import os",
        ["jit"] = "import jit",
        ["vm"] = "import vm",
        ["time"] = "import time",
        ["encoding"] = "import encoding",
        ["digest"] = "import digest",
        ["uuid"] = "import uuid",
        ["csv"] = "import csv",
        ["path"] = "import path",
        ["stats"] = "import stats",
        ["iter"] = "import iter",
        ["collections"] = "import collections",
        ["test"] = "import test",
        ["date"] = "import date",
        ["layout"] = "import text as layout",
    };

    /// <summary>Defines the inputs that a call names, and the counter <c>i</c>, in an engine.</summary>
    /// <returns>The imports that a script with the call needs.</returns>
    public static string Define(LyraEngine engine, string call)
    {
        engine.Globals["i"] = 0;
        string imports = "";
        foreach (string word in Word().Matches(call).Select(match => match.Value).Distinct())
        {
            if (Given.TryGetValue(word, out Func<LyraValue>? make))
            {
                engine.Globals[word] = make();
            }
            else if (Made.TryGetValue(word, out string? source))
            {
                engine.Run(source);
                imports += source.StartsWith("import", StringComparison.Ordinal) ? source + "\n" : "";
            }
        }
        return imports;
    }

    private static IEnumerable<long> Range() => Enumerable.Range(0, Size).Select(i => (long)i);

    private static string Text() => string.Concat(Enumerable.Repeat("ab cd,\n!", Size / 8));

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Seeds;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// Operators and calls of the library on operands of up to some hundred kilobytes. Whatever a script can reach afterwards and could not
/// reach before must have been charged, and the thread must not have allocated much more than was charged.
/// </summary>
/// <param name="calls">The API.</param>
/// <param name="fault">Called with what is not charged.</param>
internal sealed class ChargedCalls(HostCalls calls, Action<string> fault)
{
    /// <summary>Operations of one script.</summary>
    private const int Operations = 8;

    /// <summary>Bytes that an operation need not charge: small objects, of which it makes a constant number.</summary>
    private const long Uncharged = 16 << 10;

    /// <summary>
    /// The same for garbage: a step may make a few small temporary objects, and temporaries of big ints are charged only while they are
    /// held. The most in 12,000 operations was 2.2 MB.
    /// </summary>
    private const long UnchargedGarbage = 4 << 20;

    /// <summary>The bytes that may be allocated for each byte charged: results that grow by doubling leave their former arrays.</summary>
    private const long AllocatedPerCharged = 4;

    private const string Head = """
        import math
        import json
        import random
        import time
        import regex
        import simd
        import bits
        struct Box { x }
        proc f(...values) { return false }
        proc filled(count) { let m = {}
            for i in 0..count { m[i] = i }
            return m }
        proc count() { for i in 0..4000 { yield i } }

        """;

    private static readonly Dictionary<ValueKind, string[]> Operands = new()
    {
        [ValueKind.Int] = ["7", "100", "(1 << 200000) + 1", "3 ** 90000", "(1 << 200000) / 7"],
        [ValueKind.Float] = ["0.5"],
        [ValueKind.Str] = ["\"ab,\" * 20000", "\" x\" * 20000", "\"7\" * 3000", "\"a\"", "\"ß\" * 20000 + \"c\""],
        [ValueKind.List] =
        [
            "list(0..8000)", "[0.5] * 8000", "[true, false] * 8000", "[\"x\", \"y\"] * 4000", "[(1, 2)] * 4000", "[nil, 1] * 4000",
            "[[1, 2]] * 4000", "[1 << 64] * 4000",
        ],
        [ValueKind.Map] = ["filled(4000)", "{\"a\": 1}"],
        [ValueKind.Set] = ["set(0..4000)", "set([\"a\"])"],
        [ValueKind.Tuple] = ["tuple(list(0..8000))", "(1, \"two\")"],
        [ValueKind.Range] = ["0..20000", "range(20000, 0, -2)", "(1 << 64)..((1 << 64) + 4000)"],
        [ValueKind.Bytes] = ["bytes(100000)"],
        [ValueKind.Iterator] = ["count()"],
    };

    private static readonly string[] Binary =
        ["+", "-", "*", "/", "%", "**", "<<", ">>", "&", "|", "^", "==", "<", "in", "??", "..", "..="];

    private static readonly string[] Others =
    [
        "-a", "~a", "a[0..n]", "a[n..]", "a[..]", "[...a]", "[a, ...b]", "(a, b)", "{a: b}", "\"${a}${b}\"", "\"x\" + tostring(a)",
        "tostring([a, b])", "Box(a)", "f(...a)", "[x for x in a]", "a..b", "match a { [x, ...r] => r, _ => nil }",
    ];

    private long _left;
    private long _reachable;
    private long _allocated;
    private string _operation = string.Empty;

    /// <summary>Judges some operations.</summary>
    /// <param name="options">The options of the engine, whose limits are replaced.</param>
    /// <param name="random">Chooses them.</param>
    public string Judge(LyraOptions options, FuzzRandom random)
    {
        using LyraEngine engine = calls.NewEngine(options with
        {
            Limits = new LyraLimits { MaxSteps = 500_000, MaxMemoryBytes = 1L << 30 },
            Output = TextWriter.Null,
            OnNearLimit = null,
        });
        Define(engine, new Intrinsic("before()", (context, _) => Before(engine, context)));
        Define(engine, new Intrinsic("after(result)", (context, _) => After(engine, context)));
        for (int i = 0; i < Operations; i++)
        {
            _operation = Operation(random);
            try
            {
                engine.Run(_operation);
            }
            catch (Exception e) when (e is LyraCompileException or LyraException { Kind: not "InternalError" })
            {
                // Many operations do not exist for their operands.
            }
        }

        return "judged";
    }

    private static void Define(LyraEngine engine, Intrinsic row) => engine.Globals.Define(row.Name, Value.FromObject(row.Proc));

    private static string Operation(FuzzRandom random)
    {
        (ValueKind kind, string form) = random.Below(10) switch
        {
            < 4 => (AnyKind(random), Call(random.PickFrom(LibraryCalls.Builtins), random)),
            < 7 => Method(random),
            < 8 => (AnyKind(random), Call(random.PickFrom(LibraryCalls.Members), random)),
            < 9 => (AnyKind(random), $"a {random.PickFrom(Binary)} {random.Pick("a", "b", "n")}"),
            _ => (AnyKind(random), random.PickFrom(Others)),
        };
        string b = random.PickFrom(Operands[random.Chance(50) ? kind : AnyKind(random)]);
        return $"{Head}proc work(a, b, n) {{\n    for i in 0..3 {{\n        before()\n        after({form})\n    }}\n}}\n"
            + $"work({random.PickFrom(Operands[kind])}, {b}, {random.Pick("0", "3", "1000", "\"a\"", "nil")})";
    }

    private static ValueKind AnyKind(FuzzRandom random) => random.PickFrom([.. Operands.Keys]);

    private static string Call(Intrinsic row, FuzzRandom random) => $"{row.QualifiedName}({Arguments("a", row, row.MinArguments, random)})";

    private static (ValueKind Kind, string Form) Method(FuzzRandom random)
    {
        (ValueKind kind, Intrinsic row) = random.PickFrom(LibraryCalls.Methods);
        return Operands.ContainsKey(kind) ? (kind, $"a.{row.Name}({Arguments("b", row, row.MinArguments - 1, random)})") : Method(random);
    }

    private static string Arguments(string first, Intrinsic row, int least, FuzzRandom random)
    {
        int count = Math.Max(least, random.Chance(70) ? least : Math.Min(row.MaxArguments, least + 1));
        IEnumerable<string> arguments = [random.Chance(80) ? first : random.Pick("b", "n", "f"), random.Pick("a", "b", "n", "n", "f")];
        return string.Join(", ", arguments.Concat(Enumerable.Repeat("n", count)).Take(count));
    }

    private Value Before(LyraEngine engine, ScriptContext context)
    {
        context.RequireFrames();
        _reachable = engine.ReachableBytes();
        _left = context.Memory.Left + context.Memory.Withheld;
        _allocated = GC.GetAllocatedBytesForCurrentThread();
        return Value.Nil;
    }

    private Value After(LyraEngine engine, ScriptContext context)
    {
        context.RequireFrames();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated;
        long charged = _left - context.Memory.Left - context.Memory.Withheld;
        long grown = engine.ReachableBytes() - _reachable;
        if (grown > charged + Uncharged)
        {
            fault($"{grown:N0} bytes are reachable that were not, {charged:N0} are charged\n{_operation}");
        }
        else if (allocated > (AllocatedPerCharged * charged) + UnchargedGarbage)
        {
            fault($"{allocated:N0} bytes are allocated, {charged:N0} are charged\n{_operation}");
        }

        return Value.Nil;
    }
}

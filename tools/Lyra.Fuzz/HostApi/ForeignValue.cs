using System;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// A value of one engine that the host gives to another, which must accept it if it is immutable and otherwise refuse it with the
/// documented error.
/// </summary>
internal static class ForeignValue
{
    /// <summary>The global of the receiving engine.</summary>
    private const string Name = "given";

    private static readonly Action<LyraEngine, LyraValue>[] Routes =
    [
        static (engine, value) => engine.Globals[Name] = value,
        static (engine, value) => engine.Define(Name, (object)value),
        static (engine, value) => engine.Globals[Name] = LyraValue.From(new[] { 1, value }),
        static (engine, value) => engine.Globals[Name] = LyraValue.From((1, (2, value))),
        static (engine, value) => engine.Call("tostring", value),
        static (engine, value) => engine.Call("print", 1, 2, 3, 4, 5, 6, 7, 8, 9, value),
        static (engine, value) => engine.Run("x => x").As<Func<LyraValue, LyraValue>>()(value),
        static (engine, value) => Give(engine, value, "given = give()"),
        static (engine, value) => Give(engine, value, "for i in 0..20 { given = give() }"),
        static (engine, value) => Give(engine, value, "for i in 0..20 { try { given = give() } catch e { given = i } }\ngive()"),
        static (engine, value) => Give(engine, value, "proc take() { return give() }\nfor i in 0..20 { given = take() }"),
    ];

    private static readonly string[] Uses =
    [
        "tostring(given)", "given == given", "hash(given)", "length(given)", "given(1)", "given[0]",
        "var s = 0\nfor x in given { s += 1 }\ns", "for i in 0..20 { given == i }", "let kept = [given]\nkept",
        "given.x", "await given", "given + given", "\"{given}\"",
    ];

    /// <summary>The number of ways in which a value is given.</summary>
    public static int RouteCount => Routes.Length;

    /// <summary>A script that uses the value in the engine that has got it.</summary>
    public static string Use(FuzzRandom random) => random.PickFrom(Uses);

    /// <summary>Gives a value of another engine to an engine.</summary>
    /// <returns>Whether the engine accepted it.</returns>
    /// <exception cref="ForeignValueFault">The engine accepted a value that can change, or refused one that can't.</exception>
    public static bool Pass(LyraEngine engine, LyraValue value, int route)
    {
        engine.Globals[Name] = LyraValue.Nil;
        bool isAccepted = IsAccepted(engine, value, route);
        return IsImmutable(value.Kind) is { } expected && expected != isAccepted
            ? throw new ForeignValueFault($"route {route} {(isAccepted ? "accepted" : "refused")} a value of kind {value.Kind}")
            : isAccepted;
    }

    private static bool IsAccepted(LyraEngine engine, LyraValue value, int route)
    {
        try
        {
            Routes[route](engine, value);
            return true;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return false;
        }
    }

    /// <summary>Whether it is the documented error, or the error of a script whose delegate returned such a value.</summary>
    private static bool IsRefusal(Exception e) =>
        e is ArgumentException or LyraException { Kind: "HostError" } && e.Message.Contains("to another engine", StringComparison.Ordinal);

    private static void Give(LyraEngine engine, LyraValue value, string source)
    {
        engine.Define("give", () => value);
        engine.Run(source);
    }

    /// <summary>Whether all values of a kind are immutable, or none is; null if that depends on what is in them.</summary>
    private static bool? IsImmutable(ValueKind kind) => kind switch
    {
        ValueKind.Nil or ValueKind.Bool or ValueKind.Int or ValueKind.Float or ValueKind.Str or ValueKind.Range => true,
        ValueKind.Tuple or ValueKind.Proc or ValueKind.Host => null,
        _ => false,
    };
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lyra.Fuzz.HostApi;

/// <summary>Conversions of script values to .NET, which copy containers within the limits of the engine.</summary>
internal static class HostConversions
{
    /// <summary>The elements that are read of a sequence, which may be lazy and endless.</summary>
    private const int Read = 10;

    private static readonly (string Type, Func<LyraValue, string> Convert, Delegate Taker)[] Table =
    [
        Row<int[]>(static a => a.Length), Row<long[][]>(static a => a.Length), Row<int[][][][][][]>(static a => a.Length),
        Row<List<double>>(static a => a.Count), Row<List<LyraValue>>(static a => a.Count), Row<string[]>(static a => a.Length),
        Row<IEnumerable<long>>(static a => a.Take(Read).Sum()), Row<IReadOnlyCollection<LyraValue>>(static a => a.Count),
        Row<HashSet<LyraValue>>(static a => a.Count), Row<HashSet<long>>(static a => a.Count), Row<byte[]>(static a => a.Length),
        Row<Dictionary<string, LyraValue>>(static a => a.Count), Row<Dictionary<string, JsonElement>>(static a => a.Count),
        Row<Dictionary<LyraValue, object>>(static a => a.Count), Row<JsonElement>(static a => a.ValueKind),
        Row<JsonNode>(static a => a.GetValueKind()), Row<(int, LyraValue)>(static a => a.Item1),
        Row<((long, long), (long, string))>(static a => a.Item1.Item1), Row<(int[], object?[])>(static a => a.Item2.Length),
        Row<Tree>(static a => a.A is null), Row<Named>(static a => a.X), Row<Named[]>(static a => a.Length),
        Row<object>(static a => a.GetType().Name), Row<object[][]>(static a => a.Length), Row<string>(static a => a.Length),
        Row<decimal>(static a => a), Row<DayOfWeek>(static a => a), Row<int?>(static a => a),
        Row<Action>(static a => a.Method.Name.Length > 0),
    ];

    private sealed record Tree(Tree? A, Tree? B);

    private sealed record Named(long X, double Y = 1);

    /// <summary>The number of conversions.</summary>
    public static int Count => Table.Length;

    /// <summary>The name of the type of a conversion.</summary>
    public static string TypeOf(int conversion) => Table[conversion].Type;

    /// <summary>Converts a value and describes the result.</summary>
    public static string Convert(LyraValue value, int conversion) => Table[conversion].Convert(value);

    /// <summary>Defines a delegate that takes a value converted.</summary>
    public static string Define(LyraEngine engine, string name, int conversion)
    {
        engine.Define(name, Table[conversion].Taker);
        return "defined";
    }

    private static (string Type, Func<LyraValue, string> Convert, Delegate Taker) Row<T>(Func<T, object?> describe) =>
        (typeof(T).ToString(), value => Describe(value.As<T>(), describe), (T value) => Describe(value, describe));

    private static string Describe<T>(T? value, Func<T, object?> describe) => value is null ? "null" : $"{describe(value)}";
}

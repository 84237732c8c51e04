using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Analysis;

/// <summary>
/// The results of rows of the library that are of one type whatever the arguments are. A row that is not listed may give anything. Tests
/// call each of them.
/// </summary>
internal static class LibraryResults
{
    private static readonly KnownType ListOfStr = KnownType.Fresh(ValueKind.List, KnownType.Str);

    private static readonly Dictionary<string, KnownType> Results = Index(
        ("", "length toint ord", KnownType.Int),
        ("", "clock", KnownType.Float),
        ("", "tostring chr type", KnownType.Str),
        ("", "tobool any all done", KnownType.Bool),
        ("", "keys values list enumerate zip reversed sorted", KnownType.Of(ValueKind.List)),
        ("", "set", KnownType.Of(ValueKind.Set)),
        ("", "tuple", KnownType.Of(ValueKind.Tuple)),
        ("", "range", KnownType.Of(ValueKind.Range)),
        ("", "bytes", KnownType.Of(ValueKind.Bytes)),
        ("", "error", KnownType.Of(ValueKind.Error)),
        ("", "sleep gather race", KnownType.Of(ValueKind.Task)),
        ("", "chan", KnownType.Of(ValueKind.Channel)),
        ("", "print write push insert", KnownType.Nil),
        ("str", "join trim trimStart trimEnd upper lower replace repeat padStart padEnd reverse format slice title capitalize removePrefix "
            + "removeSuffix", KnownType.Str),
        ("str", "startsWith endsWith contains isEmpty isDigit isAlpha isSpace isUpper isLower", KnownType.Bool),
        ("str", "compare lastIndexOf", KnownType.Int),
        ("str", "split lines chars words", ListOfStr),
        ("str", "codes codePoints", KnownType.Fresh(ValueKind.List, KnownType.Int)),
        ("list", "clear sort reverse extend fill insertSorted swap", KnownType.Nil),
        ("list", "contains isEmpty", KnownType.Bool),
        ("list", "copy slice", KnownType.Of(ValueKind.List)),
        ("list", "map filter flatMap unique chunk window take skip", KnownType.Of(ValueKind.List)),
        ("list", "join", KnownType.Str),
        ("list", "binarySearch removeAll", KnownType.Int),
        ("map", "items", KnownType.Of(ValueKind.List)),
        ("map", "has isEmpty any all", KnownType.Bool),
        ("map", "copy merge filter sortedBy mapValues mapKeys invert groupBy", KnownType.Of(ValueKind.Map)),
        ("map", "clear update", KnownType.Nil),
        ("set", "add has isSubset isEmpty", KnownType.Bool),
        ("set", "union intersect difference copy", KnownType.Of(ValueKind.Set)),
        ("set", "clear", KnownType.Nil),
        ("tuple", "contains isEmpty", KnownType.Bool),
        ("range", "contains isEmpty", KnownType.Bool),
        ("bytes", "contains isEmpty", KnownType.Bool),
        ("bytes", "copy slice", KnownType.Of(ValueKind.Bytes)),
        ("bytes", "text", KnownType.Str),
        ("math", "sqrt cbrt sin cos tan asin acos atan atan2 exp log log2 log10 pow hypot degrees radians", KnownType.Float),
        ("math", "floor ceil round trunc gcd lcm isqrt", KnownType.Int),
        ("math", "isNan isInf", KnownType.Bool),
        ("json", "stringify", KnownType.Str),
        ("random", "int", KnownType.Int),
        ("random", "float", KnownType.Float),
        ("time", "now monotonic", KnownType.Float),
        ("time", "iso", KnownType.Str),
        ("regex", "test", KnownType.Bool),
        ("regex", "split findAll", KnownType.Of(ValueKind.List)),
        ("regex", "escape", KnownType.Str),
        ("os", "args", ListOfStr),
        ("io", "readText", KnownType.Str),
        ("io", "readLines", ListOfStr),
        ("io", "exists", KnownType.Bool));

    /// <summary>The rows that the table lists, by qualified name, with their types.</summary>
    public static IReadOnlyDictionary<string, KnownType> All => Results;

    /// <summary>The type of the result of a row; unknown for most.</summary>
    public static KnownType Of(Intrinsic row) => row.Maker is null && Results.TryGetValue(row.QualifiedName, out KnownType? type)
        ? type
        : KnownType.Any;

    private static Dictionary<string, KnownType> Index(params ReadOnlySpan<(string Owner, string Names, KnownType Type)> rows)
    {
        Dictionary<string, KnownType> results = [];
        foreach ((string owner, string names, KnownType type) in rows)
        {
            foreach (string name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                results.Add(owner.Length == 0 ? name : $"{owner}.{name}", type);
            }
        }

        return results;
    }
}

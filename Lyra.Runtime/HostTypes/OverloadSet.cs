using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.HostTypes;

/// <summary>
/// Several methods of the host with one name. A call chooses by the number of arguments, then by their types: the method whose parameters
/// fit each argument at least as well as those of every other, and one argument better. Of methods that fit alike, the one with the fewest
/// parameters is called: it gets values for most of them, as in C#.
/// </summary>
internal sealed class OverloadSet
{
    private readonly string _name;
    private readonly int _receivers;
    private readonly Intrinsic[] _rows;
    private readonly DelegateAdapter[] _adapters;

    /// <summary>Holds the ranks of one call; null while a call uses it.</summary>
    private int[]? _free;

    private OverloadSet(string name, string? owner, int receivers, List<Intrinsic> rows)
    {
        _name = owner is null ? name : $"{owner}.{name}";
        _receivers = receivers;
        _rows = [.. rows];
        _adapters = [.. rows.Select(row => DelegateAdapter.Of(row)!)];
    }

    /// <summary>One proc for all rows; null when there is none.</summary>
    /// <param name="name">The name of the methods.</param>
    /// <param name="owner">The type that they belong to; null for constructors and operators.</param>
    /// <param name="receivers">The number of first parameters for which scripts write no argument: 1 for methods of objects.</param>
    /// <param name="rows">The methods.</param>
    public static NativeProc? Join(string name, string? owner, int receivers, List<Intrinsic> rows)
    {
        if (rows.Count <= 1)
        {
            return rows.Count == 0 ? null : rows[0].Proc;
        }

        OverloadSet set = new(name, owner, receivers, rows);
        return new Intrinsic($"{name}(...arguments)", set.Call, IntrinsicTraits.CallsBack, owner: owner) { Overloads = set._rows }.Proc;
    }

    /// <summary>
    /// The overload that is called for arguments of these kinds, whatever their values are; null when that depends on the values. The host
    /// must be able to read the arguments as the overload's parameters.
    /// </summary>
    /// <param name="rows">The overloads.</param>
    /// <param name="arguments">The arguments; unknown ones where all overloads have a parameter of the same type.</param>
    public static Intrinsic? Find(Intrinsic[] rows, OverloadArgument[] arguments)
    {
        DelegateAdapter[] adapters = Array.ConvertAll(rows, static row => DelegateAdapter.Of(row)!);
        int[] ranks = new int[rows.Length * arguments.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int n = 0; n < arguments.Length && IsForNumber(rows[i], arguments.Length); n++)
            {
                ranks[(i * arguments.Length) + n] = adapters[i].RankOf(n, arguments[n]);
            }
        }

        return Best(rows, ranks, arguments.Length) is >= 0 and int best ? rows[best] : null;
    }

    /// <summary>Whether all overloads that take so many arguments have a parameter of the same type for one of them.</summary>
    public static bool HaveSameType(Intrinsic[] rows, int count, int argument)
    {
        Type[] types = [.. rows.Where(row => IsForNumber(row, count)).Select(row => DelegateAdapter.Of(row)!.TypeFor(argument)).Distinct()];
        return types.Length == 1;
    }

    private Value Call(ScriptContext context, ReadOnlySpan<Value> arguments) => Choose(context, arguments).Handler(context, arguments);

    private Intrinsic Choose(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int count = arguments.Length;
        int fitting = 0;
        int last = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            if (IsForNumber(_rows[i], count))
            {
                fitting++;
                last = i;
            }
        }

        return fitting switch
        {
            0 => throw Throw.ArgumentError(
                $"{_name} can't be called with {Counts.Of(count - _receivers, "argument")}; {Candidates(_rows)}"),
            1 => _rows[last],
            _ => ByTypes(context, arguments),
        };
    }

    private Intrinsic ByTypes(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int size = _rows.Length * arguments.Length;
        int[] array = _free is { } spare && spare.Length >= size ? spare : new int[size];
        _free = null;
        Span<int> ranks = array.AsSpan(0, size);
        ranks.Clear();
        for (int i = 0; i < _rows.Length; i++)
        {
            if (IsForNumber(_rows[i], arguments.Length))
            {
                _adapters[i].Rank(context, arguments, ranks.Slice(i * arguments.Length, arguments.Length));
            }
        }

        int best = Best(_rows, ranks, arguments.Length);
        _free = array;
        return best >= 0 ? _rows[best] : throw Undecided(arguments, ranks);
    }

    private static bool IsForNumber(Intrinsic row, int count) => count >= row.MinArguments && count <= row.MaxArguments;

    /// <summary>The overload that is better than all others that are possible; -1 when there is none.</summary>
    /// <param name="rows">The overloads.</param>
    /// <param name="ranks">The ranks of the arguments, those of the first overload first; 0 where an overload is not possible.</param>
    /// <param name="count">The number of arguments.</param>
    private static int Best(Intrinsic[] rows, ReadOnlySpan<int> ranks, int count)
    {
        int best = -1;
        for (int i = 0; i < rows.Length; i++)
        {
            if (IsPossible(rows[i], ranks, i, count)
                && (best < 0 || IsBetter(rows, ranks, count, i, best)))
            {
                best = i;
            }
        }

        for (int i = 0; i < rows.Length && best >= 0; i++)
        {
            if (i != best && IsPossible(rows[i], ranks, i, count) && !IsBetter(rows, ranks, count, best, i))
            {
                best = -1;
            }
        }

        return best;
    }

    private static bool IsPossible(Intrinsic row, ReadOnlySpan<int> ranks, int index, int count) =>
        IsForNumber(row, count) && (ranks.IsEmpty || !ranks.Slice(index * count, count).Contains(0));

    private static bool IsBetter(Intrinsic[] rows, ReadOnlySpan<int> ranks, int count, int one, int other)
    {
        bool isBetter = false;
        for (int n = 0; n < count && !ranks.IsEmpty; n++)
        {
            int rank = ranks[(one * count) + n];
            int otherRank = ranks[(other * count) + n];
            if (rank < otherRank)
            {
                return false;
            }

            isBetter |= rank > otherRank;
        }

        return isBetter || rows[one].MaxArguments < rows[other].MaxArguments;
    }

    private ScriptErrorException Undecided(ReadOnlySpan<Value> arguments, ReadOnlySpan<int> ranks)
    {
        List<Intrinsic> possible = [];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (IsPossible(_rows[i], ranks, i, arguments.Length))
            {
                possible.Add(_rows[i]);
            }
        }

        int count = arguments.Length;
        return possible.Count == 0
            ? Throw.TypeError($"no {_name} takes {Types(arguments)}; {Candidates(_rows.Where(row => IsForNumber(row, count)))}")
            : Throw.TypeError($"the call of {_name} with {Types(arguments)} is ambiguous; {Candidates(possible)}");
    }

    private string Types(ReadOnlySpan<Value> arguments)
    {
        List<string> types = [];
        foreach (Value argument in arguments[Math.Min(_receivers, arguments.Length)..])
        {
            types.Add(Throw.TypeName(argument));
        }

        return types.Count == 0 ? "no arguments" : $"({string.Join(", ", types)})";
    }

    private string Candidates(IEnumerable<Intrinsic> rows) =>
        "there are " + string.Join(", ", rows.Select(row => DelegateAdapter.Of(row)!.TypedSignature(row.Name, _receivers)));
}

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

    private Value Call(ScriptContext context, ReadOnlySpan<Value> arguments) => Choose(arguments).Handler(context, arguments);

    private Intrinsic Choose(ReadOnlySpan<Value> arguments)
    {
        List<int> fitting = [];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (arguments.Length >= _rows[i].MinArguments && arguments.Length <= _rows[i].MaxArguments)
            {
                fitting.Add(i);
            }
        }

        return fitting switch
        {
            [] => throw Throw.ArgumentError(
                $"{_name} can't be called with {Counts.Of(arguments.Length - _receivers, "argument")}; {Candidates(_rows)}"),
            [int only] => _rows[only],
            _ => ByTypes(fitting, arguments),
        };
    }

    private Intrinsic ByTypes(List<int> fitting, ReadOnlySpan<Value> arguments)
    {
        List<(Intrinsic Row, int[] Ranks)> possible = [];
        foreach (int i in fitting)
        {
            int[] ranks = _adapters[i].Ranks(arguments);
            if (Array.TrueForAll(ranks, rank => rank > 0))
            {
                possible.Add((_rows[i], ranks));
            }
        }

        if (possible.Count == 0)
        {
            throw Throw.TypeError($"no {_name} takes {Types(arguments)}; {Candidates(fitting.Select(i => _rows[i]))}");
        }

        foreach ((Intrinsic Row, int[] Ranks) one in possible)
        {
            if (possible.TrueForAll(other => ReferenceEquals(other.Row, one.Row) || IsBetter(one, other)))
            {
                return one.Row;
            }
        }

        throw Throw.TypeError($"the call of {_name} with {Types(arguments)} is ambiguous; {Candidates(possible.Select(p => p.Row))}");
    }

    private static bool IsBetter((Intrinsic Row, int[] Ranks) one, (Intrinsic Row, int[] Ranks) other)
    {
        bool isBetter = false;
        for (int i = 0; i < one.Ranks.Length; i++)
        {
            if (one.Ranks[i] < other.Ranks[i])
            {
                return false;
            }

            isBetter |= one.Ranks[i] > other.Ranks[i];
        }

        return isBetter || one.Row.MaxArguments < other.Row.MaxArguments;
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

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
/// Several methods of the host with one name. A call chooses as C# does: of the methods that can take the arguments, the one that fits each
/// argument at least as well as every other, and one argument better (<see cref="ArgumentFit"/>); of those that fit alike, one that needs
/// no default value and no <c>params</c> array.
/// </summary>
internal sealed class OverloadSet
{
    private readonly string _name;
    private readonly int _receivers;
    private readonly Intrinsic[] _rows;
    private readonly OverloadRow[] _overloads;

    /// <summary>The types of the parameters; the overloads know them by position.</summary>
    private readonly List<Type> _types = [];

    /// <summary>For each pair of types whether the first one is more specific.</summary>
    private readonly bool[,] _isBetter;

    /// <summary>Holds the ranks of one call; null while a call uses it.</summary>
    private int[]? _free;

    private OverloadSet(string name, string? owner, int receivers, List<Intrinsic> rows)
    {
        _name = owner is null ? name : $"{owner}.{name}";
        _receivers = receivers;
        _rows = [.. rows];
        _overloads = Array.ConvertAll(_rows, row => new OverloadRow(row, _types));
        _isBetter = new bool[_types.Count, _types.Count];
        for (int i = 0; i < _types.Count; i++)
        {
            for (int k = 0; k < _types.Count; k++)
            {
                _isBetter[i, k] = ImplicitConversions.IsBetter(_types[i], _types[k]);
            }
        }
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

    /// <summary>The overloads behind a proc; null when it is one method.</summary>
    public static OverloadSet? Of(Intrinsic intrinsic) => intrinsic.Handler.Target as OverloadSet;

    /// <summary>
    /// The overload that is called for arguments of these kinds, whatever their values are; null when that depends on the values. The host
    /// must be able to read the arguments as the overload's parameters.
    /// </summary>
    /// <param name="arguments">The arguments; unknown ones where all overloads have a parameter of the same type.</param>
    public Intrinsic? Find(OverloadArgument[] arguments)
    {
        OverloadCall call = new(new int[_rows.Length * arguments.Length], arguments.Length, null);
        for (int i = 0; i < _rows.Length; i++)
        {
            for (int n = 0; n < arguments.Length && _overloads[i].Takes(arguments.Length); n++)
            {
                call.Ranks[(i * arguments.Length) + n] = ArgumentFit.Of(arguments[n], _types[_overloads[i].TypeAt(n)]);
            }
        }

        return Best(call) is >= 0 and int best ? _rows[best] : null;
    }

    /// <summary>Whether all overloads that take so many arguments have a parameter of the same type for one of them.</summary>
    public bool HaveSameType(int count, int argument)
    {
        int type = -1;
        foreach (OverloadRow row in _overloads)
        {
            if (row.Takes(count))
            {
                int own = row.TypeAt(argument);
                if (type >= 0 && own != type)
                {
                    return false;
                }

                type = own;
            }
        }

        return type >= 0;
    }

    /// <summary>The overload that a call with named arguments means; null when none has the names.</summary>
    /// <param name="context">The run.</param>
    /// <param name="arguments">The arguments, the named ones last.</param>
    /// <param name="names">The names.</param>
    /// <exception cref="ScriptErrorException">No overload with the names can take the arguments, or several fit alike.</exception>
    public Intrinsic? FindNamed(ScriptContext context, ReadOnlySpan<Value> arguments, string[] names)
    {
        int count = arguments.Length;
        int[]?[] positions = Array.ConvertAll(_overloads, row => row.PositionsOf(count - names.Length, names));
        int fitting = positions.Count(static row => row is not null);
        return fitting switch
        {
            0 => Array.Find(_rows, row => Array.TrueForAll(names, name => Array.IndexOf(row.ParameterNames, name) >= 0)),
            1 => _rows[Array.FindIndex(positions, static row => row is not null)],
            _ => ByTypes(context, arguments, positions),
        };
    }

    private Value Call(ScriptContext context, ReadOnlySpan<Value> arguments) => Choose(context, arguments).Handler(context, arguments);

    private Intrinsic Choose(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int count = arguments.Length;
        int fitting = 0;
        int last = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            if (_overloads[i].Takes(count))
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
            _ => ByTypes(context, arguments, null),
        };
    }

    private Intrinsic ByTypes(ScriptContext context, ReadOnlySpan<Value> arguments, int[]?[]? positions)
    {
        int size = _rows.Length * arguments.Length;
        int[] array = _free is { } spare && spare.Length >= size ? spare : new int[size];
        _free = null;
        OverloadCall call = new(array.AsSpan(0, size), arguments.Length, positions);
        call.Ranks.Clear();
        for (int i = 0; i < _rows.Length; i++)
        {
            for (int n = 0; n < arguments.Length && call.IsTakenBy(i, _overloads[i]); n++)
            {
                int rank = ArgumentFit.Of(context, arguments[n], _types[_overloads[i].TypeAt(call.PositionOf(i, n))]);
                call.Ranks[(i * arguments.Length) + n] = rank;
                if (rank == ArgumentFit.None)
                {
                    break;
                }
            }
        }

        int best = Best(call);
        _free = array;
        return best >= 0 ? _rows[best] : throw Undecided(arguments, call);
    }

    /// <summary>The overload that is better than all others that are possible; -1 when there is none.</summary>
    private int Best(in OverloadCall call)
    {
        int best = -1;
        for (int i = 0; i < _rows.Length; i++)
        {
            if (IsCandidate(call, i) && (best < 0 || IsBetter(call, i, best)))
            {
                best = i;
            }
        }

        for (int i = 0; i < _rows.Length && best >= 0; i++)
        {
            if (i != best && IsCandidate(call, i) && !IsBetter(call, best, i))
            {
                best = -1;
            }
        }

        return best;
    }

    private bool IsPossible(in OverloadCall call, int index) => call.IsTakenBy(index, _overloads[index]) && call.Fits(index);

    /// <summary>Whether an overload is possible, and none that a derived class declares is: that one hides it, as in C#.</summary>
    private bool IsCandidate(in OverloadCall call, int index)
    {
        if (!IsPossible(call, index))
        {
            return false;
        }

        for (int i = 0; i < _overloads.Length; i++)
        {
            if (_overloads[i].Hides(_overloads[index]) && IsPossible(call, i))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsBetter(in OverloadCall call, int one, int other)
    {
        bool isBetter = false;
        bool isWorse = false;
        bool areSame = true;
        for (int n = 0; n < call.Count; n++)
        {
            int type = _overloads[one].TypeAt(call.PositionOf(one, n));
            int otherType = _overloads[other].TypeAt(call.PositionOf(other, n));
            if (type == otherType)
            {
                continue;
            }

            areSame = false;
            int rank = call.RankOf(one, n).CompareTo(call.RankOf(other, n));
            isBetter |= rank > 0 || (rank == 0 && _isBetter[type, otherType]);
            isWorse |= rank < 0 || (rank == 0 && _isBetter[otherType, type]);
        }

        return isBetter != isWorse ? isBetter
            : _overloads[one].IsCloserTo(call.Count, _overloads[other], areSame)
                || (areSame && HasMoreSpecificRest(call.Count, _overloads[one], _overloads[other]));
    }

    /// <summary>
    /// Whether the <c>params</c> arrays of two overloads that are otherwise alike, both empty, decide for the first one: its array type
    /// converts to the other one.
    /// </summary>
    private bool HasMoreSpecificRest(int count, OverloadRow one, OverloadRow other) =>
        one.UnusedRest(count) is >= 0 and int type && other.UnusedRest(count) is >= 0 and int otherType
        && one.ParameterCount == other.ParameterCount && !_types[type].IsValueType && _isBetter[type, otherType];

    private ScriptErrorException Undecided(ReadOnlySpan<Value> arguments, in OverloadCall call)
    {
        List<Intrinsic> taking = [];
        List<Intrinsic> possible = [];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (call.IsTakenBy(i, _overloads[i]))
            {
                taking.Add(_rows[i]);
            }

            if (IsCandidate(call, i))
            {
                possible.Add(_rows[i]);
            }
        }

        return possible.Count == 0
            ? Throw.TypeError($"no {_name} takes {Types(arguments)}; {Candidates(taking)}")
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

using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;

namespace Lyra.Runtime.HostTypes;

/// <summary>One of several overloads, with what a choice asks of it.</summary>
internal sealed class OverloadRow
{
    private readonly Intrinsic _row;
    private readonly Type? _declaring;
    private readonly bool _hasRest;
    private readonly bool _hasGiven;

    /// <summary>
    /// The types of the parameters for which scripts pass arguments, by position; the last may be that of further arguments.
    /// </summary>
    private readonly int[] _types;

    /// <param name="row">The overload.</param>
    /// <param name="types">The types of all overloads, to which its own are added.</param>
    public OverloadRow(Intrinsic row, List<Type> types)
    {
        DelegateAdapter adapter = DelegateAdapter.Of(row)!;
        _row = row;
        _declaring = adapter.Declaring;
        _hasRest = adapter.HasRest;
        _hasGiven = adapter.HasGiven;
        _types = new int[adapter.PassedCount];
        for (int i = 0; i < _types.Length; i++)
        {
            Type type = adapter.TypeFor(i);
            if (!types.Contains(type))
            {
                types.Add(type);
            }

            _types[i] = types.IndexOf(type);
        }
    }

    /// <summary>The type of the parameter that an argument at a position is for.</summary>
    public int TypeAt(int position) => _types[Math.Min(position, _types.Length - 1)];

    /// <summary>The number of parameters for which scripts pass arguments.</summary>
    public int ParameterCount => _types.Length;

    /// <summary>The type of the elements of the <c>params</c> array, if the array is empty; -1 otherwise.</summary>
    public int UnusedRest(int count) => _hasRest && count < _types.Length ? _types[^1] : -1;

    /// <summary>Whether it takes so many arguments.</summary>
    public bool Takes(int count) => count >= _row.MinArguments && count <= _row.MaxArguments;

    /// <summary>
    /// The positions of the parameters for a call with named arguments; null when it does not have the names, or lacks an argument.
    /// </summary>
    /// <param name="positional">The number of arguments without a name, which come first.</param>
    /// <param name="names">The names of the others.</param>
    public int[]? PositionsOf(int positional, string[] names)
    {
        int[] positions = new int[positional + names.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = i < positional ? i : Array.IndexOf(_row.ParameterNames, names[i - positional]);
            if (i >= positional && positions[i] < positional)
            {
                return null;
            }
        }

        for (int i = 0; i < _row.RequiredParameters; i++)
        {
            if (Array.IndexOf(positions, i) < 0)
            {
                return null;
            }
        }

        return positional <= _row.MaxArguments ? positions : null;
    }

    /// <summary>Whether it is declared in a class derived from that of another one.</summary>
    public bool Hides(OverloadRow other) => _declaring is { IsInterface: false } own && other._declaring is { } inherited
        && own != inherited && own.IsSubclassOf(inherited);

    /// <summary>
    /// Whether it is better than another one although none of them fits the arguments better: it needs no default value, or no
    /// <c>params</c> array. As in the compiler, and beyond the specification of C#, the first two also hold for parameters of other types.
    /// </summary>
    /// <param name="count">The number of arguments.</param>
    /// <param name="other">The other one.</param>
    /// <param name="areSame">Whether the parameters for the arguments have the same types.</param>
    public bool IsCloserTo(int count, OverloadRow other, bool areSame)
    {
        int used = UsedBy(count);
        int otherUsed = other.UsedBy(count);
        if (_hasRest != other._hasRest)
        {
            return !_hasRest && (areSame || used != otherUsed);
        }

        return used != otherUsed ? used == count : areSame && _hasRest && _types.Length > other._types.Length;
    }

    /// <summary>The number of parameters that get a value: the array for further arguments counts as these.</summary>
    private int UsedBy(int count)
    {
        int given = _hasGiven ? 1 : 0;
        return given + (!_hasRest ? _types.Length : count < _types.Length ? _types.Length - 1 : count);
    }
}

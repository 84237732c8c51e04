using System;
using System.Collections.Generic;
using System.Numerics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>A switch table prepared for lookups whose cost does not depend on the number of cases.</summary>
internal sealed class SwitchIndex
{
    /// <summary>The targets of the ints from 0 on, as far as each is a case.</summary>
    private readonly int[] _dense;

    private readonly Dictionary<long, int> _ints = [];
    private readonly Dictionary<BigInteger, int> _bigInts = [];
    private readonly Dictionary<double, int> _fractions = [];

    /// <summary>
    /// The strs, by their hashes, with linear probing; at least half of the elements are null. The comparison of a subject with itself,
    /// which is usual because literals are interned, needs neither a call nor the text.
    /// </summary>
    private readonly ScriptString?[] _texts;

    /// <summary>The targets of the elements of <see cref="_texts"/>.</summary>
    private readonly int[] _textTargets;

    public SwitchIndex(SwitchTable table)
    {
        Default = table.DefaultPc;
        int texts = Array.FindAll(table.Cases, static entry => entry.Key.Ref is ScriptString).Length;
        int size = 2;
        while (size < 2 * texts)
        {
            size *= 2;
        }

        _texts = new ScriptString?[size];
        _textTargets = new int[size];
        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            switch (entry.Key.Ref)
            {
                case ScriptString text:
                    AddText(text, entry.Value);
                    break;
                case BigInt big:
                    _bigInts.TryAdd(big.Value, entry.Value);
                    break;
                case not null when entry.Key.IsFloat:
                    _fractions.TryAdd(entry.Key.AsFloat, entry.Value);
                    break;
                default:
                    _ints.TryAdd(entry.Key.Bits, entry.Value);
                    break;
            }
        }

        _dense = IndexDense();
    }

    /// <summary>The instruction to continue at for a subject without a case.</summary>
    public int Default { get; }

    /// <summary>The cases that are 64-bit ints, with their targets.</summary>
    public IReadOnlyDictionary<long, int> Ints => _ints;

    /// <summary>The instruction to continue at. The caller has charged the steps for reading the value.</summary>
    public int Find(in Value subject)
    {
        if (subject.IsInt && (ulong)subject.Bits < (ulong)_dense.Length)
        {
            return _dense[subject.Bits];
        }

        Value value = SwitchKeys.Canonical(subject);
        int pc;
        bool found = value.Ref switch
        {
            ScriptString text => TryFindText(text, out pc),
            BigInt big => _bigInts.TryGetValue(big.Value, out pc),
            _ when value.IsInt => _ints.TryGetValue(value.Bits, out pc),
            _ when value.IsFloat => _fractions.TryGetValue(value.AsFloat, out pc),
            _ => Missing(out pc),
        };
        return found ? pc : Default;
    }

    /// <summary>As <see cref="Find"/>, for a str.</summary>
    public int FindText(ScriptString subject) => TryFindText(subject, out int pc) ? pc : Default;

    private bool TryFindText(ScriptString subject, out int pc)
    {
        int at = PlaceOf(subject);
        pc = _textTargets[at];
        return _texts[at] is not null;
    }

    /// <summary>Adds a str unless it is a case already.</summary>
    private void AddText(ScriptString text, int target)
    {
        int at = PlaceOf(text);
        if (_texts[at] is null)
        {
            (_texts[at], _textTargets[at]) = (text, target);
        }
    }

    /// <summary>The place of a str in <see cref="_texts"/>, or the free one where it would be.</summary>
    private int PlaceOf(ScriptString subject)
    {
        ScriptString?[] texts = _texts;
        int hash = subject.HashCode;
        int at = hash & (texts.Length - 1);
        while (texts[at] is { } text && !ReferenceEquals(text, subject)
            && (text.HashCode != hash || !text.ContentEquals(subject)))
        {
            at = (at + 1) & (texts.Length - 1);
        }

        return at;
    }

    private int[] IndexDense()
    {
        int count = 0;
        while (_ints.ContainsKey(count))
        {
            count++;
        }

        int[] targets = new int[count];
        for (int i = 0; i < count; i++)
        {
            targets[i] = _ints[i];
        }

        return targets;
    }

    private static bool Missing(out int pc)
    {
        pc = 0;
        return false;
    }
}

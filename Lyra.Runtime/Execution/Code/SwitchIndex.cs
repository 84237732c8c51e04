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
    private readonly Dictionary<ScriptString, int> _texts = new(TextComparer.Instance);
    private readonly int _default;

    public SwitchIndex(SwitchTable table)
    {
        _default = table.DefaultPc;
        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            switch (entry.Key.Ref)
            {
                case ScriptString text:
                    _texts.TryAdd(text, entry.Value);
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
            ScriptString text => _texts.TryGetValue(text, out pc),
            BigInt big => _bigInts.TryGetValue(big.Value, out pc),
            _ when value.IsInt => _ints.TryGetValue(value.Bits, out pc),
            _ when value.IsFloat => _fractions.TryGetValue(value.AsFloat, out pc),
            _ => Missing(out pc),
        };
        return found ? pc : _default;
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

    private sealed class TextComparer : IEqualityComparer<ScriptString>
    {
        public static readonly TextComparer Instance = new();

        public bool Equals(ScriptString? a, ScriptString? b) => a is not null && b is not null && a.ContentEquals(b);

        public int GetHashCode(ScriptString text) => text.HashCode;
    }
}

using System;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <summary>
/// The recorded targets of a switch as numbers from 0 on, in the order of the code, so that compiled code can jump through a table of them.
/// All targets that were not recorded have the number behind the last.
/// </summary>
internal sealed class SwitchTargets
{
    /// <summary>Up to this number of targets, they are compared one by one.</summary>
    private const int MaxCompared = 8;

    private readonly SwitchIndex _index;
    private readonly int[] _targets;

    /// <summary>The numbers of the instructions from the first target to the last; empty where targets are compared.</summary>
    private readonly int[] _numbers = [];

    /// <param name="index">Finds the instruction for a value.</param>
    /// <param name="targets">The recorded instructions in ascending order; not empty.</param>
    public SwitchTargets(SwitchIndex index, int[] targets)
    {
        _index = index;
        _targets = targets;
        if (targets.Length <= MaxCompared)
        {
            return;
        }

        _numbers = new int[targets[^1] - targets[0] + 1];
        Array.Fill(_numbers, targets.Length);
        for (int i = 0; i < targets.Length; i++)
        {
            _numbers[targets[i] - targets[0]] = i;
        }
    }

    public int Count => _targets.Length;

    /// <summary>The number of the instruction at which the switch continues for a value.</summary>
    public int NumberOf(in Value value) => NumberOf(_index.Find(value));

    /// <summary>As <see cref="NumberOf(in Value)"/>, for a str.</summary>
    public int NumberOf(ScriptString value) => NumberOf(_index.FindText(value));

    private int NumberOf(int target)
    {
        if (_numbers.Length > 0)
        {
            uint offset = (uint)(target - _targets[0]);
            return offset < (uint)_numbers.Length ? _numbers[offset] : _targets.Length;
        }

        int number = 0;
        while (number < _targets.Length && _targets[number] != target)
        {
            number++;
        }

        return number;
    }
}

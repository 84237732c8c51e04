using System;
using System.Collections.Generic;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>
/// Checks a recorded method by abstract interpretation (ECMA-335 III.1.8): it computes the types on the stack before every instruction,
/// over all paths, until a fixed point is reached. Beyond the standard, it requires that every local is written before it is read and that
/// all code is reachable. It rejects constructs that compiled regions never use: pointers, exception blocks, function pointers.
/// </summary>
/// <remarks>
/// Tests compare its rules with those of Lyra.IlVerify, which is too slow to run before every region
/// (docs/decisions/0023-two-checks-of-il.md).
///
/// A path ends at its first fault, so a fault is reported once and not again at every later instruction.
/// </remarks>
internal sealed class IlCheck
{
    private readonly IlBuffer _buffer;
    private readonly List<IlFault> _faults = [];
    private readonly int[] _offsets;
    private readonly int[] _places;
    private readonly bool[] _isTarget;
    private readonly bool[] _isReached;
    private readonly bool[] _isReachedForward;
    private readonly IlCheckState?[] _states;
    private readonly Queue<int> _pending = new();
    private readonly IlCheckState _current;

    private IlCheck(IlBuffer buffer)
    {
        _buffer = buffer;
        int count = buffer.InstructionCount;
        _offsets = new int[count + 1];
        _places = new int[buffer.LabelCount];
        _isTarget = new bool[count + 1];
        _isReached = new bool[count];
        _isReachedForward = new bool[count + 1];
        _states = new IlCheckState?[count + 1];
        _current = new(buffer);
    }

    /// <summary>Returns all faults, in no particular order; the list is empty if the method is correct.</summary>
    public static List<IlFault> Check(IlBuffer buffer)
    {
        IlCheck check = new(buffer);
        if (check.CheckStructure())
        {
            check.Run();
        }

        return check._faults;
    }

    private bool CheckStructure()
    {
        Type[] parameters = _buffer.Signature.Parameters;
        if (parameters.Length == 0 || parameters[0] != typeof(RegionData))
        {
            string found = parameters.Length == 0 ? "no parameter" : IlNames.Of(parameters[0]);
            _faults.Add(new(0, "method", "RegionData as the first parameter", found));
            return false;
        }

        if (_buffer.InstructionCount == 0)
        {
            _faults.Add(new(0, "method", "an instruction", "none"));
            return false;
        }

        return PlaceLabels();
    }

    private bool PlaceLabels()
    {
        Array.Fill(_places, -1);
        foreach (IlMark mark in _buffer.Marks)
        {
            _places[mark.Label.Index] = mark.Instruction;
            _isTarget[mark.Instruction] = true;
        }

        ReadOnlySpan<IlInstruction> instructions = _buffer.Instructions;
        for (int i = 0; i < instructions.Length; i++)
        {
            _offsets[i + 1] = _offsets[i] + IlForms.SizeOf(instructions[i]);
            foreach (IlLabel target in TargetsOf(instructions[i]))
            {
                CheckTarget(i, target);
            }
        }

        return _faults.Count == 0;
    }

    private void CheckTarget(int instruction, IlLabel target)
    {
        int place = _places[target.Index];
        if (place < 0)
        {
            Report(instruction, FormattableString.Invariant($"a place for label L{target.Index}"), "none");
        }
        else if (place == _buffer.InstructionCount)
        {
            Report(instruction, FormattableString.Invariant($"an instruction after label L{target.Index}"), "the end of the method");
        }
    }

    private static ReadOnlySpan<IlLabel> TargetsOf(in IlInstruction instruction) => instruction.Kind switch
    {
        IlOperandKind.Label => new IlLabel[] { instruction.Label },
        IlOperandKind.Switch => instruction.Targets,
        IlOperandKind.None or IlOperandKind.Int or IlOperandKind.Long or IlOperandKind.Double or IlOperandKind.String
            or IlOperandKind.Local or IlOperandKind.Argument or IlOperandKind.Method or IlOperandKind.Field
            or IlOperandKind.Constructor or IlOperandKind.Type or IlOperandKind.Self => [],
    };

    private void Run()
    {
        Arrive(0, -1);
        while (_pending.TryDequeue(out int start))
        {
            Walk(start);
        }

        CheckBackwardOnly();
        if (_faults.Count == 0)
        {
            CheckReached();
        }
    }

    private void Walk(int start)
    {
        _current.CopyFrom(_states[start]!);
        ReadOnlySpan<IlInstruction> instructions = _buffer.Instructions;
        for (int i = start; ; i++)
        {
            _isReached[i] = true;
            IlRules.Apply(_current, instructions[i]);
            if (_current.Fault is { } fault)
            {
                Report(i, fault.Expected, fault.Found);
                return;
            }

            foreach (IlLabel target in TargetsOf(instructions[i]))
            {
                Arrive(_places[target.Index], i);
            }

            if (!instructions[i].FallsThrough || !Continues(i))
            {
                return;
            }
        }
    }

    private bool Continues(int instruction)
    {
        int next = instruction + 1;
        if (next == _buffer.InstructionCount)
        {
            Report(instruction, "ret, throw or a branch at the end of the method", "a last instruction that falls through");
            return false;
        }

        if (!_isTarget[next])
        {
            return true;
        }

        Arrive(next, instruction);
        return false;
    }

    private void Arrive(int place, int from)
    {
        _isReachedForward[place] |= from < place;
        if (_states[place] is not { } known)
        {
            known = new(_buffer);
            known.CopyFrom(_current);
            _states[place] = known;
            _pending.Enqueue(place);
            return;
        }

        if (!known.TryMerge(_current, out bool changed))
        {
            Report(place, $"the stack of another path to here, {known}", _current.ToString());
        }
        else if (changed && !_pending.Contains(place))
        {
            _pending.Enqueue(place);
        }
    }

    /// <summary>
    /// After an unconditional jump, code that only backward branches reach starts with an empty stack (ECMA-335 III.1.7.5).
    /// </summary>
    private void CheckBackwardOnly()
    {
        for (int i = 1; i < _buffer.InstructionCount; i++)
        {
            if (_states[i] is { Depth: > 0 } state && !_isReachedForward[i])
            {
                Report(i, "an empty stack where only backward branches arrive", state.ToString());
            }
        }
    }

    private void CheckReached()
    {
        int unreached = Array.IndexOf(_isReached, false);
        if (unreached >= 0)
        {
            Report(unreached, "a path to the instruction", "none");
        }
    }

    private void Report(int instruction, string expected, string found)
    {
        IlFault fault = new(_offsets[instruction], _buffer.Instructions[instruction].OpCode.Name!, expected, found);
        if (!_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }
}

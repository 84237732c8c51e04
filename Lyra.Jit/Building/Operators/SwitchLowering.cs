using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>Switches: a branch to each instruction that was recorded as their target; all other cases exit.</summary>
internal sealed class SwitchLowering(BuildParts parts, TextComparisons texts, PatternLowering patterns) : Lowering(parts)
{
    /// <summary>Most cases of a switch that is a chain of comparisons; a larger one looks the target up first.</summary>
    private const int MaxChain = 8;

    /// <summary>Most ranges of ints that are told apart by comparisons in the code; a switch with more looks the target up first.</summary>
    private const int MaxRanges = 64;

    /// <summary>In place of an instruction: the region exits.</summary>
    private const int NotRecorded = -1;

    /// <remarks>Strs that are charged for are left to the interpreter: after a charge, an unrecorded case could not exit.</remarks>
    public bool Switch(Instruction i)
    {
        if (Profile.HasLongText || (Profile.A is { } seenValue && (seenValue.Kinds & ObservedKinds.BigInt) != 0))
        {
            return false;
        }

        State.Graph.HasDispatch |= Profile.Targets.Count >= Dispatch.MinTargets;
        SwitchTable table = Frame.Code.Prototype.SwitchTables[i.Wide];
        IrNode value = Registers.Operand(i.A, Profile.A);
        if (value.Op == IrOp.ConstInt)
        {
            int known = Frame.Code.SwitchIndex(i.Wide).Find(Value.FromInt(value.Bits));
            Paths.GoToOrExit(known, Profile.Targets.Contains(known));
            return true;
        }

        if (TryTestTypes(i, table, value))
        {
            return true;
        }

        if (table.Cases.Length <= MaxChain && value.Type is IrType.Int or IrType.Float or IrType.Str)
        {
            return Chain(table, value);
        }

        SwitchIndex index = Frame.Code.SwitchIndex(i.Wide);
        if (value.Type == IrType.Int && RangesOf(index) is { Count: <= MaxRanges } ranges && MayExitApart(table, ranges))
        {
            SearchRange(CollectionsMarshal.AsSpan(ranges), value);
            return true;
        }

        if (Profile.Targets.Count == 0)
        {
            Ir.Exit();
            return true;
        }

        int[] targets = [.. Profile.Targets.Order()];
        IrNode number = NumberOf(new SwitchTargets(index, targets), value);

        // One exit for all that was not recorded: it is hot after as many exits, whichever targets these are.
        Ir.Guard(Ir.Emit(IrOp.LtInt, IrType.Bool, number, Ir.Int(targets.Length)));
        Search(targets, 0, number);
        return true;
    }

    /// <summary>Whether the ranges that were not recorded may have an exit each; those of a large switch are too many.</summary>
    private static bool MayExitApart(SwitchTable table, List<(long First, int Target)> ranges) =>
        table.Cases.Length < Dispatch.MinTargets || ranges.TrueForAll(static range => range.Target != NotRecorded);

    /// <summary>The number of the target to continue at.</summary>
    private IrNode NumberOf(SwitchTargets targets, IrNode value)
    {
        if (value.Type == IrType.Int)
        {
            return Ir.Call(RegionHelpers.TargetOfInt, Ir.Foreign(targets), value);
        }

        if (value.Type == IrType.Str)
        {
            GuardShort(value);
            return Ir.Call(RegionHelpers.TargetOfText, Ir.Foreign(targets), value);
        }

        return Ir.Emit(IrOp.AsInt, IrType.Int, Ir.Call(RegionHelpers.TargetOf, Ir.Foreign(targets), Ir.Box(value)));
    }

    /// <summary>
    /// The ranges of ints that continue at the same recorded instruction, each with its first int, in order. Together they are all ints.
    /// </summary>
    private List<(long First, int Target)> RangesOf(SwitchIndex index)
    {
        List<(long First, int Target)> ranges = [];
        Add(long.MinValue, index.Default);
        foreach ((long key, int target) in index.Ints.OrderBy(static entry => entry.Key))
        {
            Add(key, target);
            if (key < long.MaxValue)
            {
                Add(key + 1, index.Default);
            }
        }

        return ranges;

        void Add(long first, int target)
        {
            if (ranges.Count > 0 && ranges[^1].First == first)
            {
                ranges.RemoveAt(ranges.Count - 1);
            }

            int recorded = Profile.Targets.Contains(target) ? target : NotRecorded;
            if (ranges.Count == 0 || ranges[^1].Target != recorded)
            {
                ranges.Add((first, recorded));
            }
        }
    }

    /// <summary>Finds the range of an int by binary search, and goes to its instruction.</summary>
    private void SearchRange(ReadOnlySpan<(long First, int Target)> ranges, IrNode value)
    {
        if (ranges.Length == 1)
        {
            GoTo(ranges[0].Target);
            return;
        }

        int middle = ranges.Length / 2;
        Path other = Paths.Fork(Ir.Emit(IrOp.LtInt, IrType.Bool, value, Ir.Int(ranges[middle].First)));
        SearchRange(ranges[..middle], value);
        Paths.Resume(other);
        SearchRange(ranges[middle..], value);
    }

    private void GoTo(int target)
    {
        if (target == NotRecorded)
        {
            Ir.Exit();
            return;
        }

        Paths.GoTo(target);
    }

    private void GuardShort(IrNode text)
    {
        if (!TextComparisons.IsShort(text))
        {
            texts.GuardShort(text);
        }
    }

    /// <summary>
    /// A switch over the type of a value, of which few were recorded, tests for these types alone, and exits before the type is found, so
    /// that nothing needs it. False if it is another switch, or if the value had none of many types.
    /// </summary>
    private bool TryTestTypes(Instruction i, SwitchTable table, IrNode value)
    {
        bool hasOthers = Profile.Targets.Contains(table.DefaultPc);
        if (!IsTypeJustFound(i, value) || Profile.Targets.Count > MaxChain || (hasOthers && table.Cases.Length > MaxChain))
        {
            return false;
        }

        TypeChoice types = (TypeChoice)value.Inputs[0].Payload!;
        if (!types.AreDisjoint() || !Array.TrueForAll(table.Cases, entry => entry.Key.IsInt && (ulong)entry.Key.AsInt < (ulong)types.Count))
        {
            return false;
        }

        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            IrNode isOfType = IsOfType(types[(int)entry.Key.AsInt], value.Inputs[1]);
            if (Profile.Targets.Contains(entry.Value))
            {
                TestCase(isOfType, entry.Value);
            }
            else if (hasOthers && isOfType.Op != IrOp.ConstBool)
            {
                using BuildState.Visit before = State.At(Frame, Pc - 1);
                Ir.GuardNot(isOfType);
            }
        }

        if (hasOthers)
        {
            Paths.GoTo(table.DefaultPc);
            return true;
        }

        using BuildState.Visit find = State.At(Frame, Pc - 1);
        Ir.Exit();
        return true;
    }

    /// <summary>Whether the instruction before the switch has found the type of a value that is in its register still.</summary>
    private bool IsTypeJustFound(Instruction i, IrNode value)
    {
        Instruction before = Pc > 0 ? Frame.Code.Prototype.Code[Pc - 1] : default;
        return value.Op == IrOp.Call && ReferenceEquals(value.Payload, RegionHelpers.IndexOfType)
            && before.Op == Opcode.FindType && before.A == i.A && before.B != i.A
            && ReferenceEquals(Registers.Find(before.B), value.Inputs[1]);
    }

    private IrNode IsOfType(BoundType? type, IrNode value) => type is null ? Ir.Bool(true) : patterns.TestType(type, value);

    /// <summary>Goes to one of several recorded instructions by binary search.</summary>
    /// <param name="targets">The instructions.</param>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="number">The number of that to go to.</param>
    private void Search(ReadOnlySpan<int> targets, int first, IrNode number)
    {
        if (targets.Length == 1)
        {
            Paths.GoTo(targets[0]);
            return;
        }

        int middle = targets.Length / 2;
        Path other = Paths.Fork(Ir.Emit(IrOp.LtInt, IrType.Bool, number, Ir.Int(first + middle)));
        Search(targets[..middle], first, number);
        Paths.Resume(other);
        Search(targets[middle..], first + middle, number);
    }

    private bool Chain(SwitchTable table, IrNode value)
    {
        if (value.Type == IrType.Str)
        {
            GuardShort(value);
        }

        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            IrNode constant = Ir.ConstantOf(value.Type == IrType.Float ? AsFloatOfCase(entry.Key) : entry.Key);
            if (constant.Type == value.Type)
            {
                TestCase(IsCase(value, constant), entry.Value);
            }
        }

        if (Profile.Targets.Contains(table.DefaultPc))
        {
            Paths.GoTo(table.DefaultPc);
            return true;
        }

        Ir.Exit();
        return true;
    }

    /// <summary>The float that matches a case. An int to which no float is equal stays an int, and matches none.</summary>
    private static Value AsFloatOfCase(in Value key)
    {
        if (!key.IsAnyInt)
        {
            return key;
        }

        Value converted = Value.FromFloat(Conversion.IntToFloat(key));
        return Equality.AreEqualNumbers(key, converted) ? converted : key;
    }

    private IrNode IsCase(IrNode value, IrNode constant) => value.Type switch
    {
        IrType.Int => Ir.Emit(IrOp.EqInt, IrType.Bool, value, constant),
        IrType.Float => Ir.Emit(IrOp.EqFloat, IrType.Bool, value, constant),
        IrType.Str => texts.CompareAsInts(Opcode.Eq, value, constant) ?? texts.EqualTypeName(value, constant)
            ?? Ir.Call(RegionHelpers.AreEqualStrs, value, constant),
        _ => throw new UnreachableException($"A value of type {value.Type} is not compared with cases."),
    };

    /// <summary>Goes to a case when the condition holds, and continues when it does not. A case that was never recorded exits.</summary>
    private void TestCase(IrNode condition, int target)
    {
        if (condition.Op == IrOp.ConstBool && condition.Bits == 0)
        {
            return;
        }

        if (!Profile.Targets.Contains(target))
        {
            Ir.GuardNot(condition);
            return;
        }

        Path other = Paths.Fork(condition);
        Paths.GoTo(target);
        Paths.Resume(other);
    }
}

using System.Collections.Generic;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <summary>Switches: a branch to each instruction that was recorded as their target; all other cases exit.</summary>
internal sealed class SwitchLowering(BuildParts parts, TextComparisons texts) : Lowering(parts)
{
    /// <summary>Most cases of a switch that is a chain of comparisons; a larger one looks the target up first.</summary>
    private const int MaxChain = 8;

    /// <remarks>Strs that are charged for are left to the interpreter: after a charge, an unrecorded case could not exit.</remarks>
    public bool Switch(Instruction i)
    {
        if (Profile.HasLongText || (Profile.A is { } seenValue && (seenValue.Kinds & ObservedKinds.BigInt) != 0))
        {
            return false;
        }

        SwitchTable table = Frame.Code.Prototype.SwitchTables[i.Wide];
        IrNode value = Registers.Operand(i.A, Profile.A);
        if (table.Cases.Length <= MaxChain && value.Type is IrType.Int or IrType.Float or IrType.Str)
        {
            return Chain(table, value);
        }

        IrNode found = Ir.Call(RegionHelpers.SwitchTarget, Ir.Foreign(Frame.Code), Ir.Int(i.Wide), Ir.Box(value));
        IrNode target = Ir.Emit(IrOp.AsInt, IrType.Int, found);
        int pc = Pc;
        foreach (int seen in Profile.Targets)
        {
            TestCase(Ir.Emit(IrOp.EqInt, IrType.Bool, target, Ir.Int(seen)), seen);
            Pc = pc;
        }

        Ir.Exit();
        return true;
    }

    private bool Chain(SwitchTable table, IrNode value)
    {
        int pc = Pc;
        if (value.Type == IrType.Str && !TextComparisons.IsShort(value))
        {
            texts.GuardShort(value);
        }

        foreach (KeyValuePair<Value, int> entry in table.Cases)
        {
            IrNode constant = Ir.ConstantOf(value.Type == IrType.Float ? AsFloatOfCase(entry.Key) : entry.Key);
            if (constant.Type == value.Type)
            {
                TestCase(IsCase(value, constant), entry.Value);
                Pc = pc;
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
        _ => texts.CompareUnits(Opcode.Eq, value, constant) ?? Ir.Call(RegionHelpers.StrEquals, value, constant),
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

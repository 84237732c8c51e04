using System;
using System.Collections.Generic;
using System.Reflection.Metadata;

namespace Lyra.Jit.Emission;

/// <summary>
/// The stack effect of each instruction (ECMA-335 III.3 and III.4): the table of rules, and the rules for locals, arguments and the stack
/// itself. An opcode without a row is rejected.
/// </summary>
internal static partial class IlRules
{
    private delegate void Rule(IlCheckState state, in IlInstruction instruction);

    private static readonly Dictionary<ILOpCode, Rule> Rows = MakeRows();

    /// <summary>Applies the instruction to the state before it; a violation becomes the state's fault.</summary>
    public static void Apply(IlCheckState state, in IlInstruction instruction)
    {
        if (Rows.TryGetValue((ILOpCode)(ushort)instruction.OpCode.Value, out Rule? rule))
        {
            rule(state, instruction);
            return;
        }

        state.Fail("an instruction that the check knows", instruction.OpCode.Name!);
    }

    private static Dictionary<ILOpCode, Rule> MakeRows()
    {
        Dictionary<ILOpCode, Rule> rows = [];
        AddStackRows(rows);
        AddNumericRows(rows);
        AddBranchRows(rows);
        AddMemoryRows(rows);
        AddArrayRows(rows);
        AddObjectRows(rows);
        return rows;
    }

    private static void Add(Dictionary<ILOpCode, Rule> rows, Rule rule, params ILOpCode[] opCodes)
    {
        foreach (ILOpCode opCode in opCodes)
        {
            rows.Add(opCode, rule);
        }
    }

    private static void AddStackRows(Dictionary<ILOpCode, Rule> rows)
    {
        Add(rows, Nothing, ILOpCode.Nop, ILOpCode.Break, ILOpCode.Volatile);
        Add(rows, Duplicate, ILOpCode.Dup);
        Add(rows, static (state, in _) => state.Pop(), ILOpCode.Pop);
        Add(rows, static (state, in _) => state.Push(typeof(int)), ILOpCode.Ldc_i4);
        Add(rows, static (state, in _) => state.Push(typeof(long)), ILOpCode.Ldc_i8);
        Add(rows, static (state, in _) => state.Push(typeof(double)), ILOpCode.Ldc_r8);
        Add(rows, static (state, in _) => state.Push(typeof(string)), ILOpCode.Ldstr);
        Add(rows, static (state, in _) => state.Push(IlStackType.Null), ILOpCode.Ldnull);
        Add(rows, LoadLocal, ILOpCode.Ldloc);
        Add(rows, StoreLocal, ILOpCode.Stloc);
        Add(rows, LoadLocalAddress, ILOpCode.Ldloca);
        Add(rows, static (state, in x) => state.Push(ParameterType(state, x)), ILOpCode.Ldarg);
        Add(rows, static (state, in x) => state.PopInto(ParameterType(state, x)), ILOpCode.Starg);
        Add(rows, static (state, in x) => PushAddress(state, ParameterType(state, x)), ILOpCode.Ldarga);
    }

    private static Type ParameterType(IlCheckState state, in IlInstruction instruction) =>
        state.Buffer.Signature.Parameters[instruction.Int];

    private static void Nothing(IlCheckState state, in IlInstruction instruction)
    {
    }

    private static void Duplicate(IlCheckState state, in IlInstruction instruction)
    {
        IlStackType top = state.Pop();
        state.Push(top);
        state.Push(top);
    }

    private static void LoadLocal(IlCheckState state, in IlInstruction instruction)
    {
        if (!state.IsWritten(instruction.Int))
        {
            state.Fail("a local that is written on every path to here", $"local {instruction.Int}");
        }

        state.Push(state.Buffer.Locals[instruction.Int].Type);
    }

    private static void StoreLocal(IlCheckState state, in IlInstruction instruction)
    {
        state.PopInto(state.Buffer.Locals[instruction.Int].Type);
        state.SetWritten(instruction.Int);
    }

    /// <summary>Taking the address of a local counts as writing it.</summary>
    private static void LoadLocalAddress(IlCheckState state, in IlInstruction instruction)
    {
        PushAddress(state, state.Buffer.Locals[instruction.Int].Type);
        state.SetWritten(instruction.Int);
    }

    private static void PushAddress(IlCheckState state, Type type)
    {
        if (type.IsByRef)
        {
            state.Fail("a variable that is not a managed pointer itself", IlNames.Of(type));
            return;
        }

        state.Push(IlStackType.Pointer(type));
    }
}

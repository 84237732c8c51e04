using System.Diagnostics;
using System;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Recording;

/// <summary>
/// Adds the operands and the result of an instruction to its profile. The row of the opcode table says which registers these are.
/// </summary>
internal static class InstructionObserver
{
    /// <summary>Observes an instruction before it is executed.</summary>
    public static void Before(InstructionProfile profile, in Instruction i, LinkedPrototype code, ReadOnlySpan<Value> registers)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        profile.Visits++;
        if (IsReadAlone(row.A))
        {
            Add(ref profile.A, registers[i.A]);
        }

        if (row.A == OperandKind.RangeState)
        {
            Add(ref profile.B, registers[i.A + 1]);
        }
        else if (row.B == OperandKind.Read)
        {
            Add(ref profile.B, registers[i.B]);
        }

        if (row.C is OperandKind.Read or OperandKind.ReadPair)
        {
            Add(ref profile.C, registers[i.C]);
        }

        if (row.A is OperandKind.CallWindow or OperandKind.ArgumentWindow)
        {
            AddArguments(profile, i, registers);
        }
        else if (i.Op == Opcode.CallEx && code.Prototype.CallDescriptors[i.B].HasSpread)
        {
            AddSpread(profile, (ListObject)registers[i.A + 1].Ref!);
        }

        if (i.Op == Opcode.CallMethod && registers[i.A].Ref is StructObject instance
            && instance.Shape.IndexOf(code.Sites[i.B].Name) is >= 0 and var field)
        {
            Add(ref profile.Field, instance.Slot(field));
        }

        profile.MissedKey |= MissesKey(i, registers);
        if (NativeOf(i, code, registers) is { } native)
        {
            AddNative(profile, native);
            int first = i.Op == Opcode.CallMethod ? i.A : i.A + 1;
            profile.HasHookedElements |= MayCallElements(native, registers[first..(i.A + 1 + i.C)]);
        }
        else if (i.Op == Opcode.Concat)
        {
            profile.HasHookedElements |= HasTextHook(registers.Slice(i.B, i.C));
        }
    }

    /// <summary>Observes an instruction after it was executed. Its frame continues at <paramref name="next"/>.</summary>
    public static void After(InstructionProfile profile, in Instruction i, int pc, int next, ReadOnlySpan<Value> registers)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        bool jumped = false;
        if (row.B == OperandKind.SwitchTable)
        {
            AddTarget(profile, next);
        }
        else if (row.Jumps && next != pc + 1 && next == row.JumpTarget(i, pc))
        {
            jumped = true;
            profile.Jumped++;
        }

        RegisterSpan variables = RegisterUse.LoopVariables(i);
        if (variables.Count > 0)
        {
            AddVariables(profile, variables, jumped == RegisterUse.JumpsToElement(i.Op), registers);
            return;
        }

        RegisterSpan written = row.A == OperandKind.IteratorState ? new RegisterSpan(i.A, 1) : RegisterUse.Writes(i);
        for (int register = written.First; register < written.End; register++)
        {
            Add(ref profile.Result, registers[register]);
        }
    }

    /// <summary>Whether an instruction compares values or gets a length with a hook that runs this code.</summary>
    public static bool CallsHook(in Instruction i, ModuleInstance module, ReadOnlySpan<Value> registers, LinkedPrototype code)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        int operand = i.Op switch
        {
            _ when row.Compares => row.A == OperandKind.Write ? i.B : i.A,
            Opcode.CallBuiltin when module.Builtins[i.B] is { Intrinsic.Id: IntrinsicId.Length } => i.A + 1,
            _ => -1,
        };
        if (operand < 0 || registers[operand].Ref is not StructObject { Shape.Hooks: { } hooks })
        {
            return false;
        }

        return i.Op == Opcode.CallBuiltin
            ? hooks.Length?.Code == code
            : hooks.Equals?.Code == code || hooks.Less?.Code == code || hooks.LessOrEqual?.Code == code;
    }

    private static void AddVariables(InstructionProfile profile, RegisterSpan variables, bool isWritten, ReadOnlySpan<Value> registers)
    {
        if (!isWritten)
        {
            return;
        }

        Add(ref profile.Result, registers[variables.End - 1]);
        if (variables.Count == 2)
        {
            Add(ref profile.Key, registers[variables.First]);
        }
    }

    /// <summary>Observes the first arguments of a call in place of operands B and C.</summary>
    private static void AddArguments(InstructionProfile profile, in Instruction i, ReadOnlySpan<Value> registers)
    {
        if (i.C > 0)
        {
            Add(ref profile.B, registers[i.A + 1]);
        }

        if (i.C > 1)
        {
            Add(ref profile.C, registers[i.A + 2]);
        }
    }

    /// <summary>Observes the list that a call spreads, and its first elements in place of operands B and C.</summary>
    private static void AddSpread(InstructionProfile profile, ListObject list)
    {
        profile.Spread ??= new SpreadProfile();
        profile.Spread.Add(list);
        if (list.Count > 0)
        {
            Add(ref profile.B, list.Get(0));
        }

        if (list.Count > 1)
        {
            Add(ref profile.C, list.Get(1));
        }
    }

    private static bool MissesKey(in Instruction i, ReadOnlySpan<Value> registers)
    {
        OpcodeInfo row = OpcodeInfo.Of(i.Op);
        return row.Plain == Opcode.GetIndex
            ? MissesKey(registers[i.B], row.C == OperandKind.Immediate ? Value.FromInt(i.SignedC) : registers[i.C])
            : i.Op == Opcode.SetIndex && MissesKey(registers[i.A], registers[i.B]);
    }

    /// <summary>
    /// Whether a key is missing. Only a key whose lookup runs no script code is looked up, without a charge. A map that converts its keys
    /// or values counts as one without the key.
    /// </summary>
    private static bool MissesKey(in Value container, in Value key)
    {
        if (container.Ref is not MapObject map)
        {
            return false;
        }

        if (map.Annotation is not null)
        {
            return true;
        }

        return key.Ref is ScriptString text ? map.PositionOf(text) < 0
            : TupleObject.From(key.Ref) is { } tuple ? !map.TryPositionOf(tuple, out int position) || position < 0
            : !key.IsInt || map.PositionOf(key.AsInt) < 0;
    }

    private static bool IsReadAlone(OperandKind kind) => kind
        is OperandKind.Read or OperandKind.ReadWrite or OperandKind.ReadPair or OperandKind.CallWindow or OperandKind.DescriptorWindow
        or OperandKind.RangeState or OperandKind.OpenIterator or OperandKind.ForEachState or OperandKind.ForEachPairState;

    private static void Add(ref ObservedType? type, in Value value) => (type ??= new ObservedType()).Add(value);

    /// <summary>
    /// Whether an intrinsic that searches or sorts may call a hook of the elements of its arguments, or of its last one, by which it sorts.
    /// The first element stands for all.
    /// </summary>
    private static bool MayCallElements(Intrinsic native, ReadOnlySpan<Value> arguments)
    {
        if (!native.Has(IntrinsicTraits.Searches) && !native.Has(IntrinsicTraits.Orders))
        {
            return false;
        }

        foreach (ref readonly Value argument in native.Has(IntrinsicTraits.Orders) ? arguments[^1..] : arguments)
        {
            if (argument.Ref is ListObject { Strategy: ListStrategy.Values, Count: > 0 } list
                && list.Get(0).Ref is StructObject element && element.Shape.MayBeCalledBack(native.Traits))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTextHook(ReadOnlySpan<Value> values)
    {
        foreach (ref readonly Value value in values)
        {
            if (value.Ref is StructObject { Shape.Hooks.Text: not null })
            {
                return true;
            }
        }

        return false;
    }

    private static void AddTarget(InstructionProfile profile, int target)
    {
        if (!profile.Targets.Contains(target))
        {
            profile.Targets.Add(target);
        }
    }

    private static void AddNative(InstructionProfile profile, Intrinsic native)
    {
        if (profile.Natives.Count < ObservedType.MaxDetails && !profile.Natives.Contains(native))
        {
            profile.Natives.Add(native);
        }
    }

    /// <summary>The C# code that a call is about to run; null when it runs none, or a builtin that its module has not called yet.</summary>
    private static Intrinsic? NativeOf(in Instruction i, LinkedPrototype code, ReadOnlySpan<Value> registers) => i.Op switch
    {
        _ when !OpcodeInfo.Of(i.Op).A.IsCallWindow() => null,
        Opcode.Call or Opcode.CallEx => NativeOf(registers[i.A].Ref),
        Opcode.CallBuiltin => BuiltinOf(i, code.Module, registers),
        Opcode.CallMethod => MethodOf(registers[i.A], code.Sites[i.B].Name) is { } method && !method.IsScripted(i.C + 1) ? method : null,
        Opcode.CallProc or Opcode.NewStruct or Opcode.Spawn => null,
        _ => throw new UnreachableException($"{i.Op} is not a call."),
    };

    private static Intrinsic? NativeOf(object? callee) => callee switch
    {
        NativeProc native => native.Intrinsic,
        BoundProc { Target: NativeProc native } => native.Intrinsic,
        _ => null,
    };

    private static Intrinsic? BuiltinOf(in Instruction i, ModuleInstance module, ReadOnlySpan<Value> registers)
    {
        if (module.Builtins[i.B]?.Intrinsic is not { } intrinsic)
        {
            return null;
        }

        bool isStructMethod = i.C > 0 && intrinsic.Has(IntrinsicTraits.MethodFirst)
            && registers[i.A + 1].Ref is StructObject o && o.Shape.FindMethod(intrinsic.Name) is not null;
        return isStructMethod || intrinsic.IsScripted(i.C) ? null : intrinsic;
    }

    private static Intrinsic? MethodOf(in Value receiver, string name) => receiver.Ref switch
    {
        StructObject o when o.Shape.FindMethod(name) is not null || o.Shape.IndexOf(name) >= 0 => null,
        ModuleInstance module => module.TryGetExport(name, out int slot) ? NativeOf(module.Slots[slot].Ref) : null,
        Shape => null,
        _ => LibraryTable.FindMethod(receiver.Kind, name),
    };
}

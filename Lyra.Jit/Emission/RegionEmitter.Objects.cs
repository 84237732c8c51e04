using System;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>New objects. What is new holds nil everywhere, so that only what is not nil is stored.</content>
internal sealed partial class RegionEmitter
{
    private IlLocal? _memoryLeft;

    private void EmitNewObject(IrNode node)
    {
        ChargeMemory(node);
        switch (node.Op)
        {
            case IrOp.NewStruct:
                EmitNewStruct(node, node.Inputs);
                break;
            case IrOp.NewClosure:
                EmitNewClosure(node, node.Inputs);
                break;
            case IrOp.NewGenerator:
                EmitNewGenerator(node);
                break;
            default:
                EmitNewUpvalue(node);
                break;
        }
    }

    /// <summary>Exits when the object can't be charged without a walk of the heap.</summary>
    private void ChargeMemory(IrNode node)
    {
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldc_I8, AllocationCosts.Of(node)!.Value);
        _il.Emit(OpCodes.Call, typeof(ScriptContext).GetMethod(nameof(ScriptContext.TryChargeMemory))!);
        _il.Emit(OpCodes.Brfalse, ExitOf(node));
    }

    /// <summary>Takes the object that there is, or makes it.</summary>
    private void EmitMakeObject(IrNode node)
    {
        IlLabel made = _il.DefineLabel();
        if (node.Inputs[0].Op != IrOp.ConstNil)
        {
            PushReference(node.Inputs[0]);
            _il.Emit(OpCodes.Isinst, ClassOf(node));
            _il.Emit(OpCodes.Stloc, LocalOf(node));
            _il.Emit(OpCodes.Ldloc, LocalOf(node));
            _il.Emit(OpCodes.Brtrue, made);
        }

        IrNode[] parts = node.Inputs[1..];
        switch (node.Op)
        {
            case IrOp.MakeStruct:
                EmitNewStruct(node, parts);
                break;
            case IrOp.MakeTuple:
                EmitNewTuple(node, parts);
                break;
            default:
                EmitNewClosure(node, parts);
                break;
        }

        _il.MarkLabel(made);
    }

    /// <summary>
    /// Charges what is not allocated, and exits when that takes more than is left. Without a call, even on the way that is never taken: loops
    /// that make nothing keep their values in registers.
    /// </summary>
    private void EmitChargeMemory(IrNode node)
    {
        FieldInfo memory = typeof(ScriptContext).GetField(nameof(ScriptContext.MemoryLeft))!;
        IlLocal left = _memoryLeft ??= _il.DeclareLocal(typeof(long), "memory");
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldfld, memory);
        _il.Emit(OpCodes.Ldc_I8, node.Bits);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, left);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Blt, ExitOf(node));
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldloc, left);
        _il.Emit(OpCodes.Stfld, memory);
    }

    private void EmitNewStruct(IrNode node, IrNode[] fields)
    {
        _il.Emit(OpCodes.Ldloc, _constantLocals[node.Payload!]);
        _il.Emit(OpCodes.Newobj, ClassOf(node).GetConstructor([typeof(Shape)])!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        for (int field = 0; field < fields.Length; field++)
        {
            if (fields[field].Op == IrOp.ConstNil)
            {
                continue;
            }

            _il.Emit(OpCodes.Ldloc, LocalOf(node));
            PushFieldAddress(field);
            Initialize(fields[field]);
        }
    }

    private void EmitNewClosure(IrNode node, IrNode[] captures)
    {
        _il.Emit(OpCodes.Ldloc, _constantLocals[node.Payload!]);
        PushCaptures(node, captures);
        _il.Emit(OpCodes.Newobj, typeof(Closure).GetConstructor([typeof(LinkedPrototype), typeof(Value[])])!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    private void PushCaptures(IrNode node, IrNode[] captures)
    {
        if (captures.Length == 0)
        {
            _il.Emit(OpCodes.Ldsfld, RegionTags.Field(nameof(RegionTags.NoValues)));
            return;
        }

        PushArray(captures, captures.Length, $"v{node.Id}.captures");
    }

    /// <summary>A generator that has not begun: its registers hold its arguments.</summary>
    private void EmitNewGenerator(IrNode node)
    {
        int registers = ((LinkedPrototype)node.Payload!).RegisterCount;
        Push(node.Inputs[0]);
        PushArray(node.Inputs.AsSpan(1), registers, $"v{node.Id}.registers");
        _il.Emit(OpCodes.Newobj, typeof(GeneratorObject).GetConstructor([typeof(Closure), typeof(Value[])])!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    /// <summary>Pushes a new array that begins with these values.</summary>
    private void PushArray(ReadOnlySpan<IrNode> values, int length, string name)
    {
        IlLocal array = _il.DeclareLocal(typeof(Value[]), name);
        _il.Emit(OpCodes.Ldc_I4, length);
        _il.Emit(OpCodes.Newarr, typeof(Value));
        _il.Emit(OpCodes.Stloc, array);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].Op != IrOp.ConstNil)
            {
                _il.Emit(OpCodes.Ldloc, array);
                _il.Emit(OpCodes.Ldc_I4, i);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                Initialize(values[i]);
            }
        }

        _il.Emit(OpCodes.Ldloc, array);
    }

    private void EmitNewUpvalue(IrNode node)
    {
        _il.Emit(OpCodes.Newobj, typeof(Upvalue).GetConstructor(Type.EmptyTypes)!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        if (node.Inputs[0].Op != IrOp.ConstNil)
        {
            _il.Emit(OpCodes.Ldloc, LocalOf(node));
            _il.Emit(OpCodes.Ldflda, typeof(Upvalue).GetField(nameof(Upvalue.Value))!);
            Initialize(node.Inputs[0]);
        }
    }

    /// <summary>Stores a value where nil is; its address is on the stack.</summary>
    private void Initialize(IrNode value)
    {
        PushValue(value);
        _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.StoreNumber)));
    }
}

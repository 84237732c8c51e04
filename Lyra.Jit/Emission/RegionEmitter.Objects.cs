using System;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>New objects. What is new holds nil everywhere, so that only what is not nil is stored.</content>
internal sealed partial class RegionEmitter
{
    private void EmitNewObject(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.NewStruct:
                EmitNewStruct(node);
                break;
            case IrOp.NewClosure:
                EmitNewClosure(node);
                break;
            case IrOp.NewGenerator:
                EmitNewGenerator(node);
                break;
            default:
                EmitNewUpvalue(node);
                break;
        }
    }

    /// <summary>Exits when the bytes can't be charged without a walk of the heap.</summary>
    private void ChargeMemory(IrNode node, long bytes)
    {
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldc_I8, bytes);
        _il.Emit(OpCodes.Call, typeof(ScriptContext).GetMethod(nameof(ScriptContext.TryChargeMemory))!);
        _il.Emit(OpCodes.Brfalse, ExitOf(node));
    }

    private void EmitNewStruct(IrNode node)
    {
        ChargeMemory(node, StructObject.BytesFor(node.Inputs.Length));
        _il.Emit(OpCodes.Ldloc, _constantLocals[node.Payload!]);
        _il.Emit(OpCodes.Newobj, ClassOf(node).GetConstructor([typeof(Shape)])!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
        for (int field = 0; field < node.Inputs.Length; field++)
        {
            if (node.Inputs[field].Op == IrOp.ConstNil)
            {
                continue;
            }

            _il.Emit(OpCodes.Ldloc, LocalOf(node));
            PushFieldAddress(field);
            Initialize(node.Inputs[field]);
        }
    }

    private void EmitNewClosure(IrNode node)
    {
        ChargeMemory(node, Closure.BytesFor(node.Inputs.Length));
        _il.Emit(OpCodes.Ldloc, _constantLocals[node.Payload!]);
        PushCaptures(node);
        _il.Emit(OpCodes.Newobj, typeof(Closure).GetConstructor([typeof(LinkedPrototype), typeof(Value[])])!);
        _il.Emit(OpCodes.Stloc, LocalOf(node));
    }

    private void PushCaptures(IrNode node)
    {
        if (node.Inputs.Length == 0)
        {
            _il.Emit(OpCodes.Ldsfld, RegionTags.Field(nameof(RegionTags.NoValues)));
            return;
        }

        PushArray(node.Inputs, node.Inputs.Length, $"v{node.Id}.captures");
    }

    /// <summary>A generator that has not begun: its registers hold its arguments.</summary>
    private void EmitNewGenerator(IrNode node)
    {
        int registers = ((LinkedPrototype)node.Payload!).RegisterCount;
        ChargeMemory(node, GeneratorObject.BytesFor(registers));
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
        ChargeMemory(node, Upvalue.Bytes);
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

using System;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>Emits loads and stores: registers, lists, fields, variables, captures, entries of maps.</summary>
internal sealed class MemoryEmitter(RegionMethod method, Values values, ConstantLoader constants)
{
    private readonly IlBuffer _il = method.Il;

    public void LoadListField(IrNode node)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldfld, typeof(ListObject).GetField(ListField(node.Op))!);
        switch (node.Op)
        {
            case IrOp.ListCount:
                _il.Emit(OpCodes.Conv_I8);
                break;
            case IrOp.ListStrategy or IrOp.ListElementKind:
                _il.Emit(OpCodes.Conv_U8);
                break;
        }

        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    public void LoadElement(IrNode node, OpCode load)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(load);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    public void StoreElement(IrNode node, OpCode store)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        values.Push(node.Inputs[2]);
        _il.Emit(store);
    }

    public void LoadFieldVersion(IrNode node)
    {
        _il.Emit(OpCodes.Ldloc, constants.LocalOf(node.Payload!));
        _il.Emit(OpCodes.Ldfld, typeof(Shape).GetField(nameof(Shape.FieldVersion))!);
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    /// <summary>Loads a field whose kind is known.</summary>
    public void LoadFieldContents(IrNode node)
    {
        PushField(node);
        values.LoadContents(node.Type);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    /// <summary>Stores a field whose kind stays the same.</summary>
    public void StoreFieldContents(IrNode node)
    {
        PushField(node);
        values.StoreContents(node.Inputs[1]);
    }

    /// <summary>Loads a whole value from memory.</summary>
    public void LoadAny(IrNode node)
    {
        IlLocal address = _il.DeclareLocalOf(typeof(Value).MakeByRefType(), node.Id, ".at");
        PushAddress(node);
        values.TakeFromAddress(node, address);
    }

    /// <summary>
    /// Stores a whole value. The reference is stored only if it changes, because storing an object costs a write barrier.
    /// </summary>
    public void StoreAny(IrNode node)
    {
        IrNode value = node.Inputs[^1];
        PushAddress(node);
        if (value.Op is IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool)
        {
            // The reference is a literal, which needs no write barrier.
            values.Initialize(value);
            return;
        }

        values.PushAny(value);
        _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(RegionHelpers.StoreValue)));
    }

    /// <summary>Replaces the instance on the stack by the address of a field.</summary>
    public void PushFieldAddress(int index)
    {
        _il.Emit(OpCodes.Ldc_I4, index);
        string slot = index < StructObject.MaxInline ? nameof(StructObject.InlineSlot) : nameof(StructObject.Slot);
        _il.Emit(OpCodes.Call, typeof(StructObject).GetMethod(slot)!);
    }

    /// <summary>The field of a list that an operation reads.</summary>
    private static string ListField(IrOp op) => op switch
    {
        IrOp.ListCount => nameof(ListObject.Count),
        IrOp.ListStrategy => nameof(ListObject.Strategy),
        IrOp.ListElementKind => nameof(ListObject.ElementKind),
        IrOp.ListInts => nameof(ListObject.Ints),
        IrOp.ListFloats => nameof(ListObject.Floats),
        IrOp.ListBools => nameof(ListObject.Bools),
        IrOp.ListValues => nameof(ListObject.Values),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "The operation reads no field of a list."),
    };

    private void PushField(IrNode node)
    {
        values.Push(node.Inputs[0]);
        PushFieldAddress((int)node.Bits);
    }

    /// <summary>Pushes the address of the value that a node loads or stores.</summary>
    private void PushAddress(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.LoadRegister:
                method.PushRegisters();
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadValue or IrOp.StoreValue:
                values.Push(node.Inputs[0]);
                values.PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.TupleItem:
                PushItem(node, typeof(TupleObject).GetMethod(nameof(TupleObject.Slot))!);
                break;
            case IrOp.LoadMapValue or IrOp.StoreMapValue:
                PushItem(node, typeof(MapObject).GetMethod(nameof(MapObject.ValueAt))!);
                break;
            case IrOp.LoadVariable or IrOp.StoreVariable:
                _il.Emit(OpCodes.Ldloc, constants.LocalOf(((ModuleInstance)node.Payload!).Slots));
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadUpvalue or IrOp.StoreUpvalue:
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldflda, typeof(Upvalue).GetField(nameof(Upvalue.Value))!);
                break;
            case IrOp.LoadCapture:
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldfld, typeof(Closure).GetField(nameof(Closure.Captures))!);
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            default:
                PushField(node);
                break;
        }
    }

    private void PushItem(IrNode node, MethodInfo slot)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(OpCodes.Call, slot);
    }
}

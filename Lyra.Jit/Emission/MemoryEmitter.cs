using System;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>Emits loads and stores: registers, lists, fields, variables, captures, entries of maps.</summary>
internal sealed class MemoryEmitter(RegionMethod method, Values values, ConstantLoader constants)
{
    /// <summary>The CLR's compiler expands it in place; inlining a method of ours takes it about 4 µs more.</summary>
    private static readonly MethodInfo AddSlots = ((AddSlot)Unsafe.Add<Value>).Method;

    private readonly IlBuffer _il = method.Il;
    private IlLocal? _items;

    private delegate ref Value AddSlot(ref Value first, int index);

    public void ListCount(IrNode node) => LoadListField(node, nameof(ListObject.Count), OpCodes.Conv_I8);

    public void ListStrategy(IrNode node) => LoadListField(node, nameof(ListObject.Strategy), OpCodes.Conv_U8);

    public void ListElementKind(IrNode node) => LoadListField(node, nameof(ListObject.ElementKind), OpCodes.Conv_U8);

    public void ListInts(IrNode node) => LoadItems(node, typeof(long[]));

    public void ListFloats(IrNode node) => LoadItems(node, typeof(double[]));

    public void ListBools(IrNode node) => LoadItems(node, typeof(bool[]));

    public void ListValues(IrNode node) => LoadItems(node, typeof(Value[]));

    /// <summary>Loads an element of an array of ints, floats or bools.</summary>
    public void LoadElement(IrNode node)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(MachineOperation.Of(node.Row.Machine)!.Code);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    /// <summary>Stores an element of an array of ints, floats or bools.</summary>
    public void StoreElement(IrNode node)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        values.Push(node.Inputs[2]);
        _il.Emit(MachineOperation.Of(node.Row.Machine)!.Code);
    }

    public void RootClosure(IrNode node)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.RootClosure))!);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    public void LoadFieldVersion(IrNode node)
    {
        constants.Push(node.Payload!);
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
        _il.Emit(OpCodes.Call, RegionMethod.Helper(nameof(KindHelpers.StoreValue)));
    }

    /// <summary>Replaces the instance on the stack by the address of a field.</summary>
    public void PushFieldAddress(int index)
    {
        if (index >= StructObject.MaxInline)
        {
            _il.Emit(OpCodes.Ldc_I4, index);
            _il.Emit(OpCodes.Call, typeof(StructObject).GetMethod(nameof(StructObject.Slot))!);
            return;
        }

        _il.Emit(OpCodes.Ldflda, typeof(StructObject).GetField(nameof(StructObject.First))!);
        if (index > 0)
        {
            _il.Emit(OpCodes.Ldc_I4, index);
            _il.Emit(OpCodes.Call, AddSlots);
        }
    }

    private void LoadListField(IrNode node, string field, OpCode? conversion = null)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldfld, typeof(ListObject).GetField(field)!);
        if (conversion is { } convert)
        {
            _il.Emit(convert);
        }

        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    /// <summary>
    /// Loads the array of a list: null if it is another one than the strategy says, which a guard may find out only later. <c>isinst</c>
    /// of an array of ints or bools also accepts unsigned ones, for which the CLR calls a helper; so its class is compared.
    /// </summary>
    private void LoadItems(IrNode node, Type array)
    {
        values.Push(node.Inputs[0]);
        _il.Emit(OpCodes.Ldfld, typeof(ListObject).GetField(nameof(ListObject.Items))!);
        if (TypeTests.AsTested(array) is not { } asTested)
        {
            _il.Emit(OpCodes.Isinst, array);
            _il.Emit(OpCodes.Stloc, values.LocalOf(node));
            return;
        }

        IlLocal items = _items ??= _il.DeclareLocal(typeof(Array), "items");
        IlLabel other = _il.DefineLabel();
        _il.Emit(OpCodes.Stloc, items);
        _il.Emit(OpCodes.Ldnull);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        _il.Emit(OpCodes.Ldloc, items);
        _il.EmitExactTest(array);
        _il.Emit(OpCodes.Brfalse, other);
        _il.Emit(OpCodes.Ldloc, items);
        _il.Emit(OpCodes.Call, asTested);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        _il.MarkLabel(other);
    }

    /// <summary>Replaces the list on the stack by its array, which is known to have this class.</summary>
    public void CastItems(Type array)
    {
        _il.Emit(OpCodes.Ldfld, typeof(ListObject).GetField(nameof(ListObject.Items))!);
        if (TypeTests.AsTested(array) is { } asTested)
        {
            _il.Emit(OpCodes.Call, asTested);
        }
        else
        {
            _il.Emit(OpCodes.Castclass, array);
        }
    }

    private void PushField(IrNode node)
    {
        values.Push(node.Inputs[0]);
        PushFieldAddress((int)node.Bits);
    }

    /// <summary>Pushes the address of the value that a node loads or stores.</summary>
    private void PushAddress(IrNode node)
    {
        switch (node.Row.Location)
        {
            case IrOp.LoadRegister:
                method.PushRegisters();
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Add);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadValue:
                values.Push(node.Inputs[0]);
                values.PushIndex(node.Inputs[1]);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.TupleItem:
                PushItem(node, typeof(TupleObject).GetMethod(nameof(TupleObject.Slot))!);
                break;
            case IrOp.LoadMapValue:
                PushItem(node, typeof(MapObject).GetMethod(nameof(MapObject.ValueAt))!);
                break;
            case IrOp.LoadVariable:
                constants.Push(((ModuleInstance)node.Payload!).Slots);
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadUpvalue:
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldflda, typeof(Upvalue).GetField(nameof(Upvalue.Value))!);
                break;
            case IrOp.LoadCapture:
                values.Push(node.Inputs[0]);
                _il.Emit(OpCodes.Ldfld, typeof(Closure).GetField(nameof(Closure.Captures))!);
                _il.Emit(OpCodes.Ldc_I4, (int)node.Bits);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                break;
            case IrOp.LoadField:
                PushField(node);
                break;
            default:
                throw new InvalidOperationException($"{node.Op} accesses no value in memory.");
        }
    }

    private void PushItem(IrNode node, MethodInfo slot)
    {
        values.Push(node.Inputs[0]);
        values.PushIndex(node.Inputs[1]);
        _il.Emit(OpCodes.Call, slot);
    }
}

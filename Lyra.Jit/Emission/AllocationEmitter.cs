using System;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>Emits new objects. They contain only nil at first, so the code stores only other values.</summary>
internal sealed class AllocationEmitter(
    RegionMethod method, Values values, ConstantLoader constants, ChargeEmitter charges, MemoryEmitter memory)
{
    private readonly IlBuffer _il = method.Il;

    public void NewStruct(IrNode node)
    {
        charges.ChargeObject(node);
        MakeStruct(node, node.Inputs);
    }

    public void NewClosure(IrNode node)
    {
        charges.ChargeObject(node);
        MakeClosure(node, node.Inputs);
    }

    public void NewTuple(IrNode node)
    {
        charges.ChargeObject(node);
        MakeTuple(node, node.Inputs);
    }

    public void NewRange(IrNode node)
    {
        charges.ChargeObject(node);
        MakeRange(node, node.Inputs);
    }

    public void NewUpvalue(IrNode node)
    {
        charges.ChargeObject(node);
        _il.Emit(OpCodes.Newobj, typeof(Upvalue).GetConstructor(Type.EmptyTypes)!);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        if (node.Inputs[0].Op != IrOp.ConstNil)
        {
            _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
            _il.Emit(OpCodes.Ldflda, typeof(Upvalue).GetField(nameof(Upvalue.Value))!);
            values.Initialize(node.Inputs[0]);
        }
    }

    /// <summary>Emits a generator that has not begun: its registers hold its arguments.</summary>
    public void NewGenerator(IrNode node)
    {
        charges.ChargeObject(node);
        int registers = ((LinkedPrototype)node.Payload!).RegisterCount;
        values.Push(node.Inputs[0]);
        PushRegisters(registers);
        Fill(node.Inputs.AsSpan(1), $"v{node.Id}.registers");
        _il.Emit(OpCodes.Newobj, typeof(GeneratorObject).GetConstructor([typeof(Closure), typeof(Value[])])!);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    public void NewList(IrNode node)
    {
        charges.ChargeObject(node);
        if (node.Inputs.Length == 0)
        {
            NewEmptyList();
            _il.Emit(OpCodes.Stloc, values.LocalOf(node));
            return;
        }

        ListStrategy strategy = (ListStrategy)node.Bits == ListStrategy.Empty ? ListStrategy.Values : (ListStrategy)node.Bits;
        if (method.Graph.ReusesObjects)
        {
            ReuseList(node, strategy);
        }
        else
        {
            MakeList(node, strategy);
        }

        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    private void MakeList(IrNode node, ListStrategy strategy)
    {
        (Type element, string maker) = strategy switch
        {
            ListStrategy.Ints => (typeof(long), nameof(ListObject.OfInts)),
            ListStrategy.Floats => (typeof(double), nameof(ListObject.OfFloats)),
            ListStrategy.Bools => (typeof(bool), nameof(ListObject.OfBools)),
            ListStrategy.Values or ListStrategy.Empty => (typeof(Value), nameof(ListObject.OfValues)),
        };
        _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length);
        _il.Emit(OpCodes.Newarr, element);
        StoreAll(node.Inputs, element);
        _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length);
        _il.Emit(OpCodes.Call, typeof(ListObject).GetMethod(maker)!);
    }

    /// <summary>As <see cref="MakeList"/>, where the list and its array may have been in use before.</summary>
    private void ReuseList(IrNode node, ListStrategy strategy)
    {
        (Type element, Type array) = strategy switch
        {
            ListStrategy.Ints => (typeof(long), typeof(long[])),
            ListStrategy.Floats => (typeof(double), typeof(double[])),
            ListStrategy.Bools => (typeof(bool), typeof(bool[])),
            ListStrategy.Values or ListStrategy.Empty => (typeof(Value), typeof(Value[])),
        };
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldc_I4, (int)strategy);
        _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length);
        Type[] parameters = [typeof(ScriptContext), typeof(ListStrategy), typeof(int)];
        _il.Emit(OpCodes.Call, typeof(EngineStorage).GetMethod(nameof(EngineStorage.TakeList), parameters)!);
        _il.Emit(OpCodes.Dup);
        memory.CastItems(array);
        StoreAll(node.Inputs, element);
        _il.Emit(OpCodes.Pop);
    }

    /// <summary>Emits a call that gives an object back. Its class is known, so the runtime need not look for it.</summary>
    public void GiveBack(IrNode node)
    {
        IrNode dead = node.Inputs[0];
        Type type = dead.Type switch
        {
            IrType.List => typeof(ListObject),
            IrType.Map => typeof(MapObject),
            IrType.Tuple => typeof(TupleObject),
            IrType.Struct => typeof(StructObject),
            _ => throw new InvalidOperationException($"{dead.Type} can't be given back."),
        };
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        values.Push(dead);
        _il.Emit(OpCodes.Ldc_I4, (int)node.Inputs[1].Bits);
        Type[] parameters = [typeof(ScriptContext), type, typeof(int)];
        _il.Emit(OpCodes.Call, typeof(EngineStorage).GetMethod(nameof(EngineStorage.GiveBack), parameters)!);
    }

    private void NewEmptyList()
    {
        if (method.Graph.ReusesObjects)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Call, typeof(EngineStorage).GetMethod(nameof(EngineStorage.TakeList), [typeof(ScriptContext)])!);
        }
        else
        {
            _il.Emit(OpCodes.Newobj, typeof(ListObject).GetConstructor([])!);
        }
    }

    public void MakeStruct(IrNode node) => Materialize(node, MakeStruct);

    public void MakeTuple(IrNode node) => Materialize(node, MakeTuple);

    public void MakeRange(IrNode node) => Materialize(node, MakeRange);

    public void MakeClosure(IrNode node) => Materialize(node, MakeClosure);

    /// <summary>
    /// Emits a materialization: the object in the first input if there is one, otherwise a new object with the other inputs as parts.
    /// </summary>
    private void Materialize(IrNode node, Action<IrNode, IrNode[]> make)
    {
        IlLabel made = _il.DefineLabel();
        if (node.Inputs[0].Op != IrOp.ConstNil)
        {
            values.PushReference(node.Inputs[0]);
            _il.EmitTypeTest(Values.ClassOf(node));
            _il.Emit(OpCodes.Stloc, values.LocalOf(node));
            _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
            _il.Emit(OpCodes.Brtrue, made);
        }

        make(node, node.Inputs[1..]);
        _il.MarkLabel(made);
    }

    private void MakeStruct(IrNode node, IrNode[] fields)
    {
        Type type = StructObject.ClassFor(node.Shape!.Fields.Length);
        if (method.Graph.ReusesObjects)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            constants.Push(node.Payload!);
            _il.Emit(OpCodes.Call, typeof(EngineStorage).GetMethod(nameof(EngineStorage.TakeStruct))!);
            _il.EmitTypeTest(type);
        }
        else
        {
            constants.Push(node.Payload!);
            _il.Emit(OpCodes.Newobj, type.GetConstructor([typeof(Shape)])!);
        }

        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        for (int field = 0; field < fields.Length; field++)
        {
            if (fields[field].Op == IrOp.ConstNil)
            {
                continue;
            }

            _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
            memory.PushFieldAddress(field);
            values.Initialize(fields[field]);
        }
    }

    private void MakeTuple(IrNode node, IrNode[] items)
    {
        if (items.Length > TupleObject.MaxInline)
        {
            _il.Emit(OpCodes.Ldc_I4, items.Length);
            _il.Emit(OpCodes.Newarr, typeof(Value));
            StoreAll(items, typeof(Value));
            _il.Emit(OpCodes.Newobj, typeof(LongTuple).GetConstructor([typeof(Value[])])!);
            _il.Emit(OpCodes.Stloc, values.LocalOf(node));
            return;
        }

        if (method.Graph.ReusesObjects && items.Length > 0)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldc_I4, items.Length);
            _il.Emit(OpCodes.Call, typeof(EngineStorage).GetMethod(nameof(EngineStorage.TakeTuple))!);
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4, items.Length);
            _il.Emit(OpCodes.Newobj, TupleObject.ClassFor(items.Length).GetConstructor([typeof(int)])!);
        }

        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
        for (int item = 0; item < items.Length; item++)
        {
            if (items[item].Op != IrOp.ConstNil)
            {
                _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
                _il.Emit(OpCodes.Ldc_I4, item);
                _il.Emit(OpCodes.Call, typeof(TupleObject).GetMethod(nameof(TupleObject.InlineSlot))!);
                values.Initialize(items[item]);
            }
        }
    }

    private void MakeRange(IrNode node, IrNode[] parts)
    {
        foreach (IrNode part in parts)
        {
            values.Push(IrRepresentation.Unboxed(part));
        }

        Type[] types = [typeof(long), typeof(long), typeof(long), typeof(long), typeof(bool)];
        _il.Emit(OpCodes.Newobj, typeof(RangeObject).GetConstructor(types)!);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    private void MakeClosure(IrNode node, IrNode[] captures)
    {
        constants.Push(node.Payload!);
        if (captures.Length == 0)
        {
            _il.Emit(OpCodes.Ldsfld, RegionTags.Field(nameof(RegionTags.NoValues)));
        }
        else
        {
            PushValueArray(captures, captures.Length, $"v{node.Id}.captures");
        }

        _il.Emit(OpCodes.Newobj, typeof(Closure).GetConstructor([typeof(LinkedPrototype), typeof(Value[])])!);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    /// <summary>Pushes a new array of values that begins with the given ones.</summary>
    private void PushValueArray(ReadOnlySpan<IrNode> items, int length, string name)
    {
        _il.Emit(OpCodes.Ldc_I4, length);
        _il.Emit(OpCodes.Newarr, typeof(Value));
        Fill(items, name);
    }

    private void PushRegisters(int count)
    {
        if (method.Graph.ReusesObjects)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldc_I4, count);
            _il.Emit(OpCodes.Call, typeof(EngineStorage).GetMethod(nameof(EngineStorage.TakeRegisters))!);
        }
        else
        {
            _il.Emit(OpCodes.Ldc_I4, count);
            _il.Emit(OpCodes.Newarr, typeof(Value));
        }
    }

    /// <summary>Stores items at the start of the array on the stack, which stays there.</summary>
    private void Fill(ReadOnlySpan<IrNode> items, string name)
    {
        IlLocal array = _il.DeclareLocal(typeof(Value[]), name);
        _il.Emit(OpCodes.Stloc, array);
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Op != IrOp.ConstNil)
            {
                _il.Emit(OpCodes.Ldloc, array);
                _il.Emit(OpCodes.Ldc_I4, i);
                _il.Emit(OpCodes.Ldelema, typeof(Value));
                values.Initialize(items[i]);
            }
        }

        _il.Emit(OpCodes.Ldloc, array);
    }

    /// <summary>Stores items into the array on the stack, which stays there; unboxed unless its elements are values.</summary>
    private void StoreAll(IrNode[] items, Type element)
    {
        for (int i = 0; i < items.Length; i++)
        {
            _il.Emit(OpCodes.Dup);
            _il.Emit(OpCodes.Ldc_I4, i);
            if (element == typeof(Value))
            {
                _il.Emit(OpCodes.Ldelema, element);
                values.Initialize(items[i]);
                continue;
            }

            values.Push(items[i]);
            _il.Emit(element == typeof(long) ? OpCodes.Stelem_I8 : element == typeof(double) ? OpCodes.Stelem_R8 : OpCodes.Stelem_I1);
        }
    }
}

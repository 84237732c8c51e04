using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit;

/// <content>Arithmetic, objects and helpers.</content>
internal sealed partial class IrInterpreter
{
    private Value? ComputeInt(IrNode node)
    {
        long x = Int(node, 0);
        long y = node.Inputs.Length > 1 ? Int(node, 1) : 0;
        return node.Op switch
        {
            IrOp.AddInt => Of(unchecked(x + y)),
            IrOp.SubInt => Of(unchecked(x - y)),
            IrOp.MulInt => Of(unchecked(x * y)),
            IrOp.AddIntChecked => Checked((Int128)x + y),
            IrOp.SubIntChecked => Checked((Int128)x - y),
            IrOp.MulIntChecked => Checked((Int128)x * y),
            IrOp.DivInt => y == 0 || (y == -1 && x == long.MinValue) ? ExitOrThrow(node) : Of(x / y),
            IrOp.ModInt => y == 0 || (y == -1 && x == long.MinValue) ? ExitOrThrow(node) : Of(x % y),
            IrOp.NegInt => Of(unchecked(-x)),
            IrOp.NegIntChecked => Checked(-(Int128)x),
            IrOp.AndInt => Of(x & y),
            IrOp.OrInt => Of(x | y),
            IrOp.XorInt => Of(x ^ y),
            IrOp.NotInt => Of(~x),
            IrOp.ShlInt => y is < 0 or > 63 ? ExitOrThrow(node) : Of(x << (int)y),
            IrOp.ShlIntChecked => y is < 0 or > 63 ? null : Checked((Int128)x << (int)y),
            IrOp.ShrInt => y is < 0 or > 63 ? ExitOrThrow(node) : Of(x >> (int)y),
            IrOp.EqInt => Of(x == y),
            IrOp.LtInt => Of(x < y),
            _ => Of(x <= y),
        };
    }

    private Value? ComputeFloat(IrNode node)
    {
        double x = Float(node, 0);
        double y = node.Inputs.Length > 1 ? Float(node, 1) : 0;
        return node.Op switch
        {
            IrOp.AddFloat => Of(x + y),
            IrOp.SubFloat => Of(x - y),
            IrOp.MulFloat => Of(x * y),
            IrOp.DivFloat => Of(x / y),
            IrOp.ModFloat => Of(x % y),
            IrOp.NegFloat => Of(-x),
            IrOp.EqFloat => Of(x == y),
            IrOp.LtFloat => Of(x < y),
            _ => Of(x <= y),
        };
    }

    private Value? UseList(IrNode node)
    {
        switch (node.Op)
        {
            case IrOp.ListCount:
                return Of((long)Object<ListObject>(node, 0).Count);
            case IrOp.ListStrategy:
                return Of((long)Object<ListObject>(node, 0).Strategy);
            case IrOp.ListElementKind:
                return Of((long)Object<ListObject>(node, 0).ElementKind);
            case IrOp.ListInts:
                return new Value(Object<ListObject>(node, 0).Ints, 0);
            case IrOp.ListFloats:
                return new Value(Object<ListObject>(node, 0).Floats, 0);
            case IrOp.ListBools:
                return new Value(Object<ListObject>(node, 0).Bools, 0);
            case IrOp.ListValues:
                return new Value(Object<ListObject>(node, 0).Values, 0);
            case IrOp.LoadInt:
                return Of(Object<long[]>(node, 0)[Int(node, 1)]);
            case IrOp.LoadFloat:
                return Of(Object<double[]>(node, 0)[Int(node, 1)]);
            case IrOp.LoadBool:
                return Of(Object<bool[]>(node, 0)[Int(node, 1)]);
            case IrOp.LoadValue:
                return Object<Value[]>(node, 0)[Int(node, 1)];
            case IrOp.StoreInt:
                Object<long[]>(node, 0)[Int(node, 1)] = Int(node, 2);
                return Value.Nil;
            case IrOp.StoreFloat:
                Object<double[]>(node, 0)[Int(node, 1)] = Float(node, 2);
                return Value.Nil;
            case IrOp.StoreBool:
                Object<bool[]>(node, 0)[Int(node, 1)] = Bool(node, 2);
                return Value.Nil;
            default:
                Object<Value[]>(node, 0)[Int(node, 1)] = In(node, 2);
                return Value.Nil;
        }
    }

    /// <summary>The bytes that a new object is charged; 0 for operations that charge nothing.</summary>
    private static long BytesOf(IrNode node) => node.Op switch
    {
        IrOp.NewStruct => StructObject.BytesFor(node.Inputs.Length),
        IrOp.NewClosure => Closure.BytesFor(node.Inputs.Length),
        IrOp.NewGenerator => GeneratorObject.BytesFor(((LinkedPrototype)node.Payload!).RegisterCount),
        IrOp.NewUpvalue => Upvalue.Bytes,
        IrOp.NewList => ListObject.BytesFor((ListStrategy)node.Bits, node.Inputs.Length),
        IrOp.NewTuple => TupleObject.BytesFor(node.Inputs.Length),
        IrOp.NewRange => RangeObject.Bytes,
        _ => 0,
    };

    private Value? UseObject(IrNode node)
    {
        if (BytesOf(node) is > 0 and long bytes && !_context.TryChargeMemory(bytes))
        {
            return null;
        }

        switch (node.Op)
        {
            case IrOp.FoundPosition:
                return Int(node, 0) < 0 ? null : In(node, 0);
            case IrOp.LoadMapValue:
                return Object<MapObject>(node, 0).ValueAt((int)Int(node, 1));
            case IrOp.StoreMapValue:
                Object<MapObject>(node, 0).ValueAt((int)Int(node, 1)).Assign(In(node, 2));
                return Value.Nil;
            case IrOp.FieldVersion:
                return Value.FromInt(((Shape)node.Payload!).FieldVersion);
            case var _ when node.Family == IrFamily.FieldLoad:
                return Checked(node, Object<StructObject>(node, 0).Slot((int)node.Bits));
            case var _ when node.Family == IrFamily.FieldStore:
                Object<StructObject>(node, 0).Slot((int)node.Bits) = In(node, 1);
                return Value.Nil;
            case IrOp.NewStruct:
                return NewStruct(node);
            case IrOp.LoadUpvalue:
                return Object<Upvalue>(node, 0).Value;
            case IrOp.StoreUpvalue:
                Object<Upvalue>(node, 0).Value = In(node, 1);
                return Value.Nil;
            case IrOp.NewUpvalue:
                return Value.FromObject(new Upvalue { Value = In(node, 0) });
            case IrOp.LoadCapture:
                return Object<Closure>(node, 0).Captures[node.Bits];
            case IrOp.IsCode:
                return Of(ReferenceEquals(Object<Closure>(node, 0).Code, node.Payload));
            case IrOp.NewGenerator:
                return NewGenerator(node);
            case IrOp.NewClosure:
                return Value.FromObject(new Closure((LinkedPrototype)node.Payload!, Inputs(node)));
            case IrOp.LoadVariable:
                return ((ModuleInstance)node.Payload!).Slots[node.Bits];
            case IrOp.StoreVariable:
                ((ModuleInstance)node.Payload!).Slots[node.Bits] = In(node, 0);
                return Value.Nil;
            default:
                return UseSequence(node);
        }
    }

    /// <summary>A loaded value. A load of a typed field requires the type to be known.</summary>
    private static Value? Checked(IrNode node, in Value value)
    {
        bool isOfType = node.Type switch
        {
            IrType.Int => value.IsInt,
            IrType.Float => value.IsFloat,
            IrType.Bool => value.IsBool,
            _ => true,
        };
        return isOfType ? value : ExitOrThrow(node);
    }

    private Value UseSequence(IrNode node) => node.Op switch
    {
        IrOp.TupleCount => Of((long)Object<TupleObject>(node, 0).Count),
        IrOp.TupleItem => Object<TupleObject>(node, 0).Items[(int)Int(node, 1)],
        IrOp.NewList => Value.FromObject(NewList((ListStrategy)node.Bits, Inputs(node))),
        IrOp.NewTuple => Value.FromObject(TupleObject.Of(Inputs(node))),
        IrOp.NewRange => Range(Inputs(node)),
        IrOp.RangeIsSmall => Of(Object<RangeObject>(node, 0).BigBounds is null),
        IrOp.RangeStart => Of(Object<RangeObject>(node, 0).Start),
        IrOp.RangeStep => Of(Object<RangeObject>(node, 0).Step),
        IrOp.RangeCount => Of(Object<RangeObject>(node, 0).Count),
        IrOp.StrLength => Of((long)Object<ScriptString>(node, 0).Length),
        IrOp.StrUnits => Value.FromObject(Object<ScriptString>(node, 0)),
        IrOp.LoadUnit => Of((long)Object<ScriptString>(node, 0)[(int)Int(node, 1)]),
        IrOp.StrOfUnit => Value.FromObject(ScriptString.FromChar(checked((char)Int(node, 0)))),
        IrOp.StrOfEnum => Value.FromObject(((HostEnum)node.Payload!).NameOf(Int(node, 0))),
        _ => throw new InvalidOperationException($"The IR interpreter does not evaluate {node.Op}."),
    };

    private Value[] Inputs(IrNode node) => [.. node.Inputs.Select(input => _values[input])];

    private static ListObject NewList(ListStrategy strategy, Value[] items) => strategy switch
    {
        _ when items.Length == 0 => new ListObject(),
        ListStrategy.Ints => ListObject.OfInts(Array.ConvertAll(items, item => item.AsInt), items.Length),
        ListStrategy.Floats => ListObject.OfFloats(Array.ConvertAll(items, item => item.AsFloat), items.Length),
        ListStrategy.Bools => ListObject.OfBools(Array.ConvertAll(items, item => item.AsBool), items.Length),
        _ => ListObject.OfValues(items, items.Length),
    };

    private Value NewGenerator(IrNode node)
    {
        Value[] registers = new Value[((LinkedPrototype)node.Payload!).RegisterCount];
        Inputs(node)[1..].CopyTo(registers, 0);
        return Value.FromObject(new GeneratorObject(Object<Closure>(node, 0), registers));
    }

    private Value NewStruct(IrNode node)
    {
        Shape shape = (Shape)node.Payload!;
        StructObject instance = StructObject.Create(shape);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            instance.Slot(i) = In(node, i);
            if (shape.FieldTypes[i] is { } type)
            {
                SlotCheck.Convert(_context, type, ref instance.Slot(i));
            }
        }

        return Value.FromObject(instance);
    }

    /// <summary>
    /// The existing object, or a new one. Snapshots have their own nodes for the objects that they describe; each is evaluated at the
    /// snapshot's point.
    /// </summary>
    private Value Describe(IrNode node)
    {
        if (In(node, 0).Ref is not null)
        {
            return In(node, 0);
        }

        Value[] parts = Inputs(node)[1..];
        return node.Op switch
        {
            IrOp.VirtualTuple or IrOp.MakeTuple => Value.FromObject(TupleObject.Of(parts)),
            IrOp.VirtualRange or IrOp.MakeRange => Range(parts),
            IrOp.VirtualClosure or IrOp.MakeClosure => Value.FromObject(new Closure((LinkedPrototype)node.Payload!, parts)),
            IrOp.VirtualUpvalue => Value.FromObject(new Upvalue { Value = parts[0] }),
            _ => Value.FromObject(Instance((Shape)node.Payload!, parts)),
        };
    }

    private static Value Range(Value[] parts) =>
        Value.FromObject(new RangeObject(parts[0].AsInt, parts[1].AsInt, parts[2].AsInt, parts[3].AsInt, parts[4].AsBool));

    private static StructObject Instance(Shape shape, Value[] fields)
    {
        StructObject instance = StructObject.Create(shape);
        for (int i = 0; i < fields.Length; i++)
        {
            instance.Slot(i) = fields[i];
        }

        return instance;
    }

    private Value? Call(IrNode node)
    {
        RegionHelper helper = (RegionHelper)node.Payload!;
        List<object?> arguments = helper.TakesContext ? [_context] : [];
        int count = helper.TakesMany ? helper.FixedInputs : node.Inputs.Length;
        for (int i = 0; i < count; i++)
        {
            AddArgument(arguments, node.Inputs[i].Type, In(node, i));
        }

        if (helper.TakesMany)
        {
            NativeArguments many = default;
            for (int i = count; i < node.Inputs.Length; i++)
            {
                NativeArguments.Slot(ref many, i - count) = In(node, i);
            }

            arguments.AddRange([many, node.Inputs.Length - count]);
        }

        return ResultOf(helper, helper.Method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. arguments], null));
    }

    /// <summary>Adds a value in the form in which C# code takes the representation.</summary>
    internal static void AddArgument(List<object?> arguments, IrType type, in Value value)
    {
        switch (type)
        {
            case IrType.Int:
                arguments.Add(value.AsInt);
                break;
            case IrType.Float:
                arguments.Add(value.AsFloat);
                break;
            case IrType.Bool:
                arguments.Add(value.AsBool);
                break;
            case IrType.Any:
                arguments.Add(value.Ref);
                arguments.Add(value.Bits);
                break;
            default:
                arguments.Add(value.Ref);
                break;
        }
    }

    /// <summary>Converts a result of C# code of the representation to a script value.</summary>
    internal static Value FromClr(IrType type, object? result) => type switch
    {
        IrType.None => Value.Nil,
        IrType.Int => Of((long)result!),
        IrType.Float => Of((double)result!),
        IrType.Bool => Of((bool)result!),
        IrType.Any => (Value)result!,
        _ => new Value(result, 0),
    };

    private static Value? ResultOf(RegionHelper helper, object? result)
    {
        bool exits = (helper.Effects & IrEffects.Exits) != 0;
        bool isExit = helper.Result switch
        {
            IrType.None => exits && !(bool)result!,
            IrType.Int or IrType.Float or IrType.Bool => false,
            IrType.Any => exits && ReferenceEquals(((Value)result!).Ref, RegionHelpers.ExitTag),
            _ => result is null && (exits ? true : throw new InvalidOperationException($"{helper.Name} gave no object.")),
        };
        return isExit ? null : FromClr(helper.Result, result);
    }
}

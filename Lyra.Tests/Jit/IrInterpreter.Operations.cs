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
    private delegate object? ObjectMaker(ScriptContext context, ref Value values, int count);

    private delegate object? RecordMaker(ScriptContext context, KnownKeys keys, ref Value values, int count);

    private delegate Value NativeCaller(ScriptContext context, ScriptObject native, ref Value values, int count);

    /// <summary>
    /// The result, nil for a node without one; null if the node exits. The compiler checks that no operation is left out.
    /// </summary>
    private Value? Evaluate(IrNode node) => node.Op switch
    {
        // Constants and inputs.
        IrOp.ConstInt => Of(node.Bits),
        IrOp.ConstFloat => Of(BitConverter.Int64BitsToDouble(node.Bits)),
        IrOp.ConstBool => Of(node.Bits != 0),
        IrOp.ConstNil => Value.Nil,
        IrOp.ConstUnset => Value.Unset,
        IrOp.ConstObject or IrOp.ConstForeign => new Value(node.Payload, 0),
        IrOp.Parameter or IrOp.Argument or IrOp.LoadRegister or IrOp.RootClosure => _host.Evaluate(node, _values),

        // Representation.
        IrOp.BoxInt or IrOp.BoxFloat or IrOp.BoxBool or IrOp.BoxObject => In(node, 0),
        IrOp.UnboxInt or IrOp.AsInt => In(node, 0).IsInt ? In(node, 0) : ExitOrThrow(node),
        IrOp.UnboxFloat or IrOp.AsFloat => In(node, 0).IsFloat ? In(node, 0) : ExitOrThrow(node),
        IrOp.UnboxBool or IrOp.AsBool => In(node, 0).IsBool ? In(node, 0) : ExitOrThrow(node),
        IrOp.UnboxObject or IrOp.AsObject => IsOfType(In(node, 0), node.Type) ? In(node, 0) : ExitOrThrow(node),
        IrOp.UnboxStruct or IrOp.AsStruct => HasShape(In(node, 0), node.Payload) ? In(node, 0) : ExitOrThrow(node),
        IrOp.IsInt => Of(In(node, 0).IsInt),
        IrOp.IsFloat => Of(In(node, 0).IsFloat),
        IrOp.IsBool => Of(In(node, 0).IsBool),
        IrOp.IsNil => Of(In(node, 0).IsNil),
        IrOp.IsUnset => Of(In(node, 0).IsUnset),
        IrOp.IsTruthy => Of(In(node, 0).IsTruthy),
        IrOp.IsObject => Of(IsOfType(In(node, 0), (IrType)node.Bits)),
        IrOp.IsStruct => Of(HasShape(In(node, 0), node.Payload)),
        IrOp.IntToFloat => Of((double)Int(node, 0)),

        // Guards.
        IrOp.Guard or IrOp.GuardSpeculation => Passes(Bool(node, 0)),
        IrOp.GuardNot => Passes(!Bool(node, 0)),
        IrOp.GuardIndex => Passes(Int(node, 0) >= 0 && Int(node, 0) < Int(node, 1)),
        IrOp.GuardDivisor => Passes(IsDivisor(Int(node, 0), Int(node, 1))),
        IrOp.GuardShift => Passes(IsShift(Int(node, 0))),
        IrOp.GuardSmall => Passes(Int128.Abs(Int(node, 0)) <= 1 << 30),

        // Ints.
        IrOp.AddInt => Of(unchecked(Int(node, 0) + Int(node, 1))),
        IrOp.SubInt => Of(unchecked(Int(node, 0) - Int(node, 1))),
        IrOp.MulInt => Of(unchecked(Int(node, 0) * Int(node, 1))),
        IrOp.AddIntChecked => Checked((Int128)Int(node, 0) + Int(node, 1)),
        IrOp.SubIntChecked => Checked((Int128)Int(node, 0) - Int(node, 1)),
        IrOp.MulIntChecked => Checked((Int128)Int(node, 0) * Int(node, 1)),
        IrOp.DivInt => IsDivisor(Int(node, 0), Int(node, 1)) ? Of(Int(node, 0) / Int(node, 1)) : ExitOrThrow(node),
        IrOp.ModInt => IsDivisor(Int(node, 0), Int(node, 1)) ? Of(Int(node, 0) % Int(node, 1)) : ExitOrThrow(node),
        IrOp.NegInt => Of(unchecked(-Int(node, 0))),
        IrOp.NegIntChecked => Checked(-(Int128)Int(node, 0)),
        IrOp.AndInt => Of(Int(node, 0) & Int(node, 1)),
        IrOp.OrInt => Of(Int(node, 0) | Int(node, 1)),
        IrOp.XorInt => Of(Int(node, 0) ^ Int(node, 1)),
        IrOp.NotInt => Of(~Int(node, 0)),
        IrOp.ShlInt => IsShift(Int(node, 1)) ? Of(Int(node, 0) << (int)Int(node, 1)) : ExitOrThrow(node),
        IrOp.ShlIntChecked => IsShift(Int(node, 1)) ? Checked((Int128)Int(node, 0) << (int)Int(node, 1)) : null,
        IrOp.ShrInt => IsShift(Int(node, 1)) ? Of(Int(node, 0) >> (int)Int(node, 1)) : ExitOrThrow(node),
        IrOp.EqInt => Of(Int(node, 0) == Int(node, 1)),
        IrOp.LtInt => Of(Int(node, 0) < Int(node, 1)),
        IrOp.LeInt => Of(Int(node, 0) <= Int(node, 1)),

        // Floats, bools and references.
        IrOp.AddFloat => Of(Float(node, 0) + Float(node, 1)),
        IrOp.SubFloat => Of(Float(node, 0) - Float(node, 1)),
        IrOp.MulFloat => Of(Float(node, 0) * Float(node, 1)),
        IrOp.DivFloat => Of(Float(node, 0) / Float(node, 1)),
        IrOp.ModFloat => Of(Float(node, 0) % Float(node, 1)),
        IrOp.NegFloat => Of(-Float(node, 0)),
        IrOp.EqFloat => Of(Float(node, 0) == Float(node, 1)),
        IrOp.LtFloat => Of(Float(node, 0) < Float(node, 1)),
        IrOp.LeFloat => Of(Float(node, 0) <= Float(node, 1)),
        IrOp.Not => Of(!Bool(node, 0)),
        IrOp.EqBool => Of(Bool(node, 0) == Bool(node, 1)),
        IrOp.SameObject or IrOp.IsThis => Of(ReferenceEquals(In(node, 0).Ref, In(node, 1).Ref)),

        // Lists.
        IrOp.ListCount => Of((long)List(node).Count),
        IrOp.ListStrategy => Of((long)List(node).Strategy),
        IrOp.ListElementKind => Of((long)List(node).ElementKind),
        IrOp.ListInts => new Value(List(node).Ints, 0),
        IrOp.ListFloats => new Value(List(node).Floats, 0),
        IrOp.ListBools => new Value(List(node).Bools, 0),
        IrOp.ListValues => new Value(List(node).Values, 0),
        IrOp.LoadInt => Of(Object<long[]>(node, 0)[Int(node, 1)]),
        IrOp.LoadFloat => Of(Object<double[]>(node, 0)[Int(node, 1)]),
        IrOp.LoadBool => Of(Object<bool[]>(node, 0)[Int(node, 1)]),
        IrOp.LoadValue => Object<Value[]>(node, 0)[Int(node, 1)],
        IrOp.StoreInt => Store(out Object<long[]>(node, 0)[Int(node, 1)], Int(node, 2)),
        IrOp.StoreFloat => Store(out Object<double[]>(node, 0)[Int(node, 1)], Float(node, 2)),
        IrOp.StoreBool => Store(out Object<bool[]>(node, 0)[Int(node, 1)], Bool(node, 2)),
        IrOp.StoreValue => Store(out Object<Value[]>(node, 0)[Int(node, 1)], In(node, 2)),
        IrOp.NewList => IsCharged(ListObject.BytesFor((ListStrategy)node.Bits, node.Inputs.Length)) ? NewList(node) : null,

        // Structs, captures, variables.
        IrOp.LoadField => Field(node),
        IrOp.LoadFieldInt or IrOp.LoadFieldFloat or IrOp.LoadFieldBool => Checked(node, Field(node)),
        IrOp.StoreField or IrOp.StoreFieldInt or IrOp.StoreFieldFloat => Store(out Field(node), In(node, 1)),
        IrOp.FieldVersion => Of((long)((Shape)node.Payload!).FieldVersion),
        IrOp.NewStruct => IsCharged(StructObject.BytesFor(node.Inputs.Length)) ? NewStruct(node) : null,
        IrOp.LoadUpvalue => Object<Upvalue>(node, 0).Value,
        IrOp.StoreUpvalue => Store(out Object<Upvalue>(node, 0).Value, In(node, 1)),
        IrOp.NewUpvalue => IsCharged(Upvalue.Bytes) ? Of(new Upvalue { Value = In(node, 0) }) : null,
        IrOp.LoadCapture => Object<Closure>(node, 0).Captures[node.Bits],
        IrOp.IsCode => Of(ReferenceEquals(Object<Closure>(node, 0).Code, node.Payload)),
        IrOp.NewClosure => IsCharged(Closure.BytesFor(node.Inputs.Length)) ? NewClosure(node, Inputs(node)) : null,
        IrOp.NewGenerator => NewGenerator(node),
        IrOp.LoadVariable => Variable(node),
        IrOp.StoreVariable => Store(out Variable(node), In(node, 0)),

        // Tuples, ranges, strs, maps.
        IrOp.TupleCount => Of((long)Object<TupleObject>(node, 0).Count),
        IrOp.TupleItem => Object<TupleObject>(node, 0).Items[(int)Int(node, 1)],
        IrOp.NewTuple => IsCharged(TupleObject.BytesFor(node.Inputs.Length)) ? Of(TupleObject.Of(Inputs(node))) : null,
        IrOp.NewRange => IsCharged(RangeObject.Bytes) ? NewRange(Inputs(node)) : null,
        IrOp.RangeIsSmall => Of(Range(node).BigBounds is null),
        IrOp.RangeStart => Of(Range(node).Start),
        IrOp.RangeStep => Of(Range(node).Step),
        IrOp.RangeCount => Of(Range(node).Count),
        IrOp.StrLength => Of((long)Object<ScriptString>(node, 0).Length),
        IrOp.StrUnits => In(node, 0),
        IrOp.LoadUnit => Of((long)Object<ScriptString>(node, 0)[(int)Int(node, 1)]),
        IrOp.StrOfUnit => Of(ScriptString.FromChar(checked((char)Int(node, 0)))),
        IrOp.StrOfEnum => Of(((HostEnum)node.Payload!).NameOf(Int(node, 0))),
        IrOp.FoundPosition => Int(node, 0) < 0 ? null : In(node, 0),
        IrOp.LoadMapValue => Object<MapObject>(node, 0).ValueAt((int)Int(node, 1)),
        IrOp.StoreMapValue => Store(out Object<MapObject>(node, 0).ValueAt((int)Int(node, 1)), In(node, 2)),

        // Objects that snapshots describe, or that are made later.
        IrOp.VirtualStruct or IrOp.MakeStruct => Described(node) ?? Of(Instance((Shape)node.Payload!, Inputs(node)[1..])),
        IrOp.VirtualTuple or IrOp.MakeTuple => Described(node) ?? Of(TupleObject.Of(Inputs(node)[1..])),
        IrOp.VirtualRange or IrOp.MakeRange => Described(node) ?? NewRange(Inputs(node)[1..]),
        IrOp.VirtualClosure or IrOp.MakeClosure => Described(node) ?? NewClosure(node, Inputs(node)[1..]),
        IrOp.VirtualUpvalue => Described(node) ?? Of(new Upvalue { Value = In(node, 1) }),

        // Calls and bookkeeping.
        IrOp.ChargeSteps => Charge(node.Bits),
        IrOp.TakeSteps => Of(Charge(node.Bits) is not null),
        IrOp.RefundSteps => Charge(-node.Bits),
        IrOp.ChargeMemory => Passes(IsCharged(node.Bits)),
        IrOp.Call => Call(node),
        IrOp.CheckStack or IrOp.CallRegion or IrOp.CallInterpreter => _host.Evaluate(node, _values),
        IrOp.IsHost or IrOp.IsHostClass or IrOp.CallHost or IrOp.LoadHost or IrOp.LoadHostObject or IrOp.StoreHost =>
            throw new InvalidOperationException($"The IR interpreter does not evaluate {node.Op}."),
    };

    /// <summary>Whether a node is about an object of the host, which only emitted code reaches.</summary>
    public static bool ReachesHost(IrNode node) =>
        node.Row.Payload is IrPayload.HostType or IrPayload.HostClasses or IrPayload.HostCall;

    private bool IsCharged(long bytes) => _context.TryChargeMemory(bytes);

    private static bool IsDivisor(long dividend, long divisor) => divisor != 0 && (divisor != -1 || dividend != long.MinValue);

    private static bool IsShift(long count) => count is >= 0 and <= 63;

    /// <summary>A loaded value. A load of a typed field requires the type to be known.</summary>
    private static Value? Checked(IrNode node, in Value value)
    {
        bool isOfType = node.Type switch
        {
            IrType.Int => value.IsInt,
            IrType.Float => value.IsFloat,
            IrType.Bool => value.IsBool,
            _ => throw new InvalidOperationException($"No field holds a {node.Type} alone."),
        };
        return isOfType ? value : ExitOrThrow(node);
    }

    private Value[] Inputs(IrNode node) => [.. node.Inputs.Select(input => _values[input])];

    private Value NewList(IrNode node)
    {
        Value[] items = Inputs(node);
        return Of(items.Length == 0 ? new ListObject() : (ListStrategy)node.Bits switch
        {
            ListStrategy.Ints => ListObject.OfInts(Array.ConvertAll(items, item => item.AsInt), items.Length),
            ListStrategy.Floats => ListObject.OfFloats(Array.ConvertAll(items, item => item.AsFloat), items.Length),
            ListStrategy.Bools => ListObject.OfBools(Array.ConvertAll(items, item => item.AsBool), items.Length),
            ListStrategy.Values or ListStrategy.Empty => ListObject.OfValues(items, items.Length),
        });
    }

    private static Value NewClosure(IrNode node, Value[] captures) => Of(new Closure((LinkedPrototype)node.Payload!, captures));

    private Value? NewGenerator(IrNode node)
    {
        Value[] registers = new Value[((LinkedPrototype)node.Payload!).RegisterCount];
        Inputs(node)[1..].CopyTo(registers, 0);
        return IsCharged(GeneratorObject.BytesFor(registers.Length)) ? Of(new GeneratorObject(Object<Closure>(node, 0), registers)) : null;
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

        return Of(instance);
    }

    /// <summary>
    /// The object that exists already; null for none. Snapshots have their own nodes for the objects that they describe; each is evaluated
    /// at the snapshot's point.
    /// </summary>
    private Value? Described(IrNode node) => In(node, 0).Ref is null ? null : In(node, 0);

    private static Value NewRange(Value[] parts) =>
        Of(new RangeObject(parts[0].AsInt, parts[1].AsInt, parts[2].AsInt, parts[3].AsInt, parts[4].AsBool));

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
        if (helper.TakesMany)
        {
            return ResultOf(helper, CallWithMany(node, helper));
        }

        for (int i = 0; i < node.Inputs.Length; i++)
        {
            AddArgument(arguments, node.Inputs[i].Type, In(node, i));
        }

        return ResultOf(helper, helper.Method.Info.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. arguments], null));
    }

    private object? CallWithMany(IrNode node, RegionHelper helper)
    {
        int count = node.Inputs.Length - helper.FixedInputs;
        var many = new Value[NativeArguments.Capacity];
        for (int i = 0; i < count; i++)
        {
            many[i] = In(node, helper.FixedInputs + i);
        }

        return helper.FixedInputs > 0 && In(node, 0).Ref is KnownKeys keys
            ? helper.Method.Info.CreateDelegate<RecordMaker>()(_context, keys, ref many[0], count)
            : helper.FixedInputs == 0
            ? helper.Method.Info.CreateDelegate<ObjectMaker>()(_context, ref many[0], count)
            : helper.Method.Info.CreateDelegate<NativeCaller>()(_context, (ScriptObject)In(node, 0).Ref!, ref many[0], count);
    }

    /// <summary>Adds a value in the form in which C# code takes the representation.</summary>
    internal static void AddArgument(List<object?> arguments, IrType type, in Value value)
    {
        switch (IrTypes.GroupOf(type))
        {
            case IrTypeGroup.Int:
                arguments.Add(value.AsInt);
                break;
            case IrTypeGroup.Float:
                arguments.Add(value.AsFloat);
                break;
            case IrTypeGroup.Bool:
                arguments.Add(value.AsBool);
                break;
            case IrTypeGroup.Any:
                arguments.Add(value.Ref);
                arguments.Add(value.Bits);
                break;
            case IrTypeGroup.Object or IrTypeGroup.Storage or IrTypeGroup.Vector:
                arguments.Add(value.Ref);
                break;
            default:
                throw new InvalidOperationException("The argument has no value.");
        }
    }

    /// <summary>Converts a result of C# code of the representation to a script value.</summary>
    internal static Value FromClr(IrType type, object? result) => IrTypes.GroupOf(type) switch
    {
        IrTypeGroup.None => Value.Nil,
        IrTypeGroup.Int => Of((long)result!),
        IrTypeGroup.Float => Of((double)result!),
        IrTypeGroup.Bool => Of((bool)result!),
        IrTypeGroup.Decimal => HostDecimal.Make((decimal)result!),
        IrTypeGroup.Any => (Value)result!,
        IrTypeGroup.Object or IrTypeGroup.Storage or IrTypeGroup.Vector => new Value(result, 0),
    };

    private static Value? ResultOf(RegionHelper helper, object? result)
    {
        bool exits = (helper.Effects & IrEffects.Exits) != 0;
        bool isExit = IrTypes.GroupOf(helper.Result) switch
        {
            IrTypeGroup.None => exits && !(bool)result!,
            IrTypeGroup.Int or IrTypeGroup.Float or IrTypeGroup.Bool or IrTypeGroup.Decimal or IrTypeGroup.Vector => false,
            IrTypeGroup.Any => exits && ReferenceEquals(((Value)result!).Ref, GuardedCalls.ExitTag),
            IrTypeGroup.Object or IrTypeGroup.Storage =>
                result is null && (exits ? true : throw new InvalidOperationException($"{helper.Name} gave no object.")),
        };
        return isExit ? null : FromClr(helper.Result, result);
    }
}

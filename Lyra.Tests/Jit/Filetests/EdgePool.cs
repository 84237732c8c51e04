using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>Edge values of each type. Registers of one run that get the same value of a type share the object.</summary>
internal sealed class EdgePool
{
    private static readonly long[] Ints =
        [0, 1, 2, 3, 4, 5, -1, -2, 7, 63, 64, 1 << 30, (1 << 30) + 1, -(1 << 30) - 1, long.MaxValue, long.MaxValue - 1, long.MinValue];

    private static readonly double[] Floats =
        [0.0, -0.0, 1.0, 1.5, -2.0, double.MaxValue, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    private const int LongCount = 44;

    private readonly Dictionary<(IrType, object?, int), Value> _objects = [];

    /// <summary>One of the values of a type.</summary>
    public Value Pick(IrType type, object? shape, Random random) => type switch
    {
        IrType.Int => Value.FromInt(Ints[random.Next(random.Next(2) == 0 ? 6 : Ints.Length)]),
        IrType.Float => Value.FromFloat(Floats[random.Next(Floats.Length)]),
        IrType.Bool => Value.FromBool(random.Next(2) == 0),
        IrType.Any => PickAny(random),
        IrType.List => Object(type, shape, random.Next(5)),
        _ => Object(type, shape, random.Next(3)),
    };

    /// <summary>The object of a type with a number.</summary>
    public Value Object(IrType type, object? shape, int number)
    {
        if (!_objects.TryGetValue((type, shape, number), out Value value))
        {
            value = Create(type, shape, number);
            _objects.Add((type, shape, number), value);
        }

        return value;
    }

    private Value PickAny(Random random) => random.Next(8) switch
    {
        0 => Value.Nil,
        1 => Pick(IrType.Float, null, random),
        2 => Pick(IrType.Bool, null, random),
        3 => Value.FromText("text"),
        4 => Pick(IrType.Struct, IrTexts.Point, random),
        _ => Pick(IrType.Int, null, random),
    };

    private static Value Create(IrType type, object? shape, int number) => type switch
    {
        IrType.Struct => Instance((Shape)shape!, number),
        IrType.List => Value.FromObject(List(number)),
        IrType.Map => Value.FromObject(Map(number)),
        IrType.Closure => Value.FromObject(new Closure(number == 2 ? IrTexts.Main : IrTexts.Add,
            [Value.FromInt(5), Value.FromObject(new Upvalue()), Value.Nil])),
        IrType.Upvalue => Value.FromObject(new Upvalue { Value = number == 0 ? Value.Nil : Value.FromInt(number) }),
        IrType.Tuple => Value.FromObject(TupleObject.Of([Value.FromInt(number), Value.FromText("two")])),
        IrType.Range => Value.FromObject(new RangeObject(number, 30, 3, false)),
        IrType.Object when number == 1 => Value.FromObject(List(number)),
        IrType.Str or IrType.Object => Value.FromText(number == 0 ? string.Empty : "abc"[..number]),
        _ => Value.Nil,
    };

    /// <summary>The first object has ints in its fields, the second nil as well, and the third a list and floats.</summary>
    private static Value Instance(Shape shape, int number)
    {
        Value[] fields = new Value[shape.Fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = number == 2
                ? i == 0 ? Value.FromObject(List(0)) : Value.FromFloat(2.5)
                : number == 1 && i > 0 ? Value.Nil : Value.FromInt(i + number);
        }

        return TestShapes.Instance(shape, fields);
    }

    /// <summary>
    /// A list of five ints with room for more, an empty list, a list with other values, and long lists of ints and of floats.
    /// </summary>
    private static ListObject List(int number) => number switch
    {
        0 => ListObject.OfInts([3, 1, 4, 1, 5, 0, 0, 0], 5),
        1 => ListObject.OfInts([0, 0, 0, 0], 0),
        2 => ListObject.OfInts([long.MaxValue, long.MinValue, 0, -1, 0, 0], 4),
        3 => ListObject.OfInts([.. Enumerable.Range(0, LongCount).Select(i => i == 33 ? 1L << 60 : i * 7 % 11 - 5)], LongCount),
        _ => ListObject.OfFloats([.. Enumerable.Range(0, LongCount).Select(i => Floats[i % 9] + i * 0.25)], LongCount),
    };

    private static MapObject Map(int number)
    {
        MapObject map = new();
        for (int key = number; key < 3; key++)
        {
            map.Set(new BareContext(), Value.FromInt(key), Value.FromInt(10 * key));
        }

        return map;
    }
}

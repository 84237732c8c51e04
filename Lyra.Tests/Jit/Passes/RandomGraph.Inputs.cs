using System;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Ir;

namespace Lyra.Tests.Jit.Passes;

/// <content>The inputs of the graphs.</content>
internal sealed partial class RandomGraph
{
    /// <summary>Random values of the registers' types; some registers hold the same object.</summary>
    public static Value[] Registers(int seed)
    {
        Random random = new(seed);
        Value point = TestShapes.Instance(IrTexts.Point, Scalar(random), Scalar(random));
        Value other = random.Next(2) == 0 ? point : TestShapes.Instance(IrTexts.Point, Scalar(random), point);
        ListObject list = ListObject.OfInts([3, 1, 4, 1, 5], 5);
        MapObject map = new();
        for (int key = random.Next(2); key < 3; key++)
        {
            map.Set(new BareContext(maxSteps: 60), Value.FromInt(key), Scalar(random));
        }

        Upvalue upvalue = new() { Value = Scalar(random) };
        return
        [
            AnyInt(random), AnyInt(random), AnyInt(random), AnyFloat(random), AnyFloat(random), Value.FromBool(random.Next(2) == 0),
            random.Next(3) == 0 ? other : Scalar(random), point, other, Value.FromObject(list), Value.FromObject(upvalue),
            Value.FromObject(map),
        ];
    }

    private static Value AnyInt(Random random) => Value.FromInt(random.Next(6) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => random.NextInt64(),
        _ => random.Next(-4, 10),
    });

    private static Value AnyFloat(Random random) => Value.FromFloat(random.Next(6) switch
    {
        0 => double.NaN,
        1 => -0.0,
        2 => double.PositiveInfinity,
        _ => random.Next(-4, 10) / 2.0,
    });

    private static Value Scalar(Random random) => random.Next(5) switch
    {
        0 => Value.Nil,
        1 => AnyFloat(random),
        2 => Value.True,
        3 => Value.FromText("text"),
        _ => AnyInt(random),
    };
}

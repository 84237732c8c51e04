using System;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An object of the host with members of all kinds that compiled code tells apart.</summary>
public sealed class Part : Entity
{
    public readonly double Public = 0.5;

    private int _checked;

    public static int Zero => 0;

    /// <summary>A delegate that reads a private field.</summary>
    public static Func<Part, int> Hidden { get; } = o => o._checked;

    public double Price { get; set; }

    public int Count { get; set; }

    public sbyte Small { get; set; }

    public long Wide { get; set; }

    public float Single { get; set; }

    public bool IsOpen { get; set; }

    public override int Level { get; set; }

    public int Checked
    {
        get => _checked;
        set => _checked = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public int Twice(int value)
    {
        Price++;
        return 2 * value;
    }
}

using System.Collections.Generic;
using Lyra.Runtime.Objects;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A declared struct: the layout of its instances, which is that of Lyra, and the procs.</summary>
internal sealed class StackStruct(Shape shape)
{
    public Shape Shape { get; } = shape;

    /// <summary>Accepts the fields as arguments.</summary>
    public StackClosure? Constructor { get; set; }

    /// <summary>The procs with a parameter <c>self</c>.</summary>
    public Dictionary<string, StackClosure> Methods { get; } = [];

    /// <summary>The other procs.</summary>
    public Dictionary<string, StackClosure> Statics { get; } = [];
}

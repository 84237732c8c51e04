using System;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>What <see cref="StackOp.TestSize"/> tests: a kind of container that has B elements.</summary>
[Flags]
internal enum SizeTest
{
    List = 0,
    Tuple = 1,
    Map = 2,

    /// <summary>Or more than B elements.</summary>
    OrMore = 4,
}

using System;

namespace Lyra.Bench.Suite.Micro;

/// <summary>One way to perform an operation.</summary>
/// <param name="Operation">What is performed.</param>
/// <param name="Way">What performs it.</param>
/// <param name="Prepare">Makes what the operation needs, outside of the measured time.</param>
internal sealed record MicroVariant(string Operation, string Way, Func<MicroRun> Prepare)
{
    /// <summary>The operations of one call of <see cref="MicroRun.Work"/>.</summary>
    public const int Operations = 10_000;

    /// <summary>A variant in C# that needs no preparation but its delegate.</summary>
    public MicroVariant(string operation, Func<Action> prepare)
        : this(operation, MicroWays.CSharp, () => new MicroRun(prepare()))
    {
    }
}

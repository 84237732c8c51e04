using System;

namespace Lyra.Bench.Suite.Micro;

/// <summary>One way to perform an operation.</summary>
/// <param name="Name">What performs it, and how.</param>
/// <param name="Prepare">Makes what the operation needs, outside of the measured time.</param>
internal sealed record MicroVariant(string Name, Func<MicroRun> Prepare)
{
    /// <summary>The operations of one call of <see cref="MicroRun.Work"/>.</summary>
    public const int Operations = 10_000;

    /// <summary>A variant that needs no preparation but its delegate.</summary>
    public MicroVariant(string name, Func<Action> prepare)
        : this(name, () => new MicroRun(prepare()))
    {
    }
}

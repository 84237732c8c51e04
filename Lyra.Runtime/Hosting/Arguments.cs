using System.Runtime.CompilerServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Stack storage for the arguments of a typed call.</summary>
[InlineArray(Capacity)]
internal struct Arguments
{
    /// <summary>The most parameters with which a delegate is called without reflection.</summary>
    public const int Capacity = 8;

    private Value _first;
}

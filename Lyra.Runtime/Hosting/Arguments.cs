using System.Runtime.CompilerServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Room on the stack for the arguments of a typed call.</summary>
[InlineArray(Capacity)]
internal struct Arguments
{
    /// <summary>Most parameters that a delegate may have and still be called without reflection.</summary>
    public const int Capacity = 8;

    private Value _first;
}

using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes;

/// <summary>A transformation of a graph that keeps what the region does. Keeps no state between runs.</summary>
internal interface IIrPass
{
    /// <summary>What dumps and failures call it.</summary>
    string Name { get; }

    /// <summary>Whether it changed anything.</summary>
    bool Run(IrGraph graph);
}

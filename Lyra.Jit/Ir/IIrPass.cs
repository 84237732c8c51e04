namespace Lyra.Jit.Ir;

/// <summary>A transformation of a graph that preserves what the region does. A pass has no state between runs.</summary>
internal interface IIrPass
{
    /// <summary>The name in dumps and failures.</summary>
    string Name { get; }

    /// <summary>Whether it changed anything.</summary>
    bool Run(IrGraph graph);
}

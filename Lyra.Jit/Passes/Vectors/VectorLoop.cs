using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Vectors;

/// <summary>What a parameter of a loop's head is, in an iteration.</summary>
internal enum VectorRole
{
    /// <summary>The number that grows by 1.</summary>
    Index,

    /// <summary>The element at an index, which the iteration before has loaded.</summary>
    Element,

    /// <summary>A sum of ints.</summary>
    Sum,

    /// <summary>The least number so far.</summary>
    Least,

    /// <summary>The greatest number so far.</summary>
    Greatest,
}

/// <summary>A parameter of the head.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Role">What it is.</param>
/// <param name="Next">Its value in the next iteration.</param>
/// <param name="Candidate">Of a least or greatest number: the number that may replace it.</param>
internal sealed record VectorParameter(IrNode Parameter, VectorRole Role, IrNode Next, IrNode? Candidate = null)
{
    /// <summary>Whether each pass leaves a vector of it to the next.</summary>
    public bool IsAccumulated => Role is VectorRole.Sum or VectorRole.Least or VectorRole.Greatest;
}

/// <summary>A node of the body, or a parameter where two paths join.</summary>
/// <param name="Node">The node.</param>
/// <param name="Condition">The condition of the path that it is on, or that chooses between the two values; null on the only path.</param>
/// <param name="IsNegated">Whether it is on the path for which the condition is false.</param>
/// <param name="First">Of a parameter: the value if the condition is true.</param>
/// <param name="Second">Of a parameter: the value if it is false.</param>
internal sealed record VectorItem(
    IrNode Node, IrNode? Condition = null, bool IsNegated = false, IrNode? First = null, IrNode? Second = null)
{
    public bool IsChoice => First is not null;
}

/// <summary>A loop of which several iterations can be computed at once, as <see cref="VectorLoopReader"/> has found it.</summary>
internal sealed class VectorLoop(IrLoop loop)
{
    public IrLoop Loop { get; } = loop;

    /// <summary>The parameter that grows by 1.</summary>
    public IrNode Index { get; set; } = loop.Head.Parameters[0];

    /// <summary>The index of the next iteration.</summary>
    public IrNode Next { get; set; } = loop.Head.Parameters[0];

    /// <summary>From outside: where the comparison of the index with it fails, the loop ends.</summary>
    public IrNode Bound { get; set; } = loop.Head.Parameters[0];

    /// <summary>Whether the test was found that ends the loop.</summary>
    public bool HasEnd { get; set; }

    /// <summary>By parameter of the head: its value in the next iteration, if two paths lead there.</summary>
    public List<IrNode> Nexts { get; } = [];

    /// <summary>The body in order, without the jumps.</summary>
    public List<VectorItem> Items { get; } = [];

    public List<VectorParameter> Parameters { get; } = [];

    /// <summary>
    /// The nodes of the body of which vectors are computed. Others only compute indexes, or the element of the next iteration.
    /// </summary>
    public HashSet<IrNode> Needed { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The nodes that belong to sums.</summary>
    public HashSet<IrNode> Sums { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Pairs of arrays that must not be the same.</summary>
    public List<(IrNode Array, IrNode Other)> Distinct { get; } = [];

    /// <summary>The steps that an iteration charges.</summary>
    public long Steps { get; set; }
}

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>
/// The constants of a graph, each once, at the beginning of its entry. So a constant is available everywhere, equal constants are the same
/// node, and the pass that eliminates parameters finds those that always get the same constant.
/// </summary>
internal sealed class ConstantPool
{
    private readonly IrGraph _graph;
    private readonly HashChains _chains = new();
    private readonly List<IrNode> _inOrder = [];
    private readonly int _first;

    private ConstantPool(IrGraph graph)
    {
        _graph = graph;
        List<IrNode> nodes = graph.Entry.Nodes;
        while (_first < nodes.Count && nodes[_first].IsConstant && TryAdd(nodes[_first]))
        {
            _first++;
        }
    }

    /// <summary>
    /// Collects the constants of the graph. The map gets equal ones, for <see cref="IrRewriter.Replace(IrGraph, IrNode?[])"/>.
    /// </summary>
    /// <param name="graph">The graph; its constants are missing from its blocks until <see cref="Finish"/>.</param>
    /// <param name="map">By node id.</param>
    public static ConstantPool Of(IrGraph graph, IrNode?[] map)
    {
        ConstantPool pool = new(graph);
        pool.HasChanged = false;
        foreach (IrBlock block in graph.Blocks)
        {
            pool.TakeFrom(block, map);
        }

        return pool;
    }

    /// <summary>Whether constants were moved or added.</summary>
    public bool HasChanged { get; private set; }

    public IrNode Int(long value) => Get(IrOp.ConstInt, IrType.Int, value, null);

    /// <summary>The constant of an int; null when there is none yet.</summary>
    public IrNode? FindInt(long value) => Find(IrOp.ConstInt, IrType.Int, value, null);

    public IrNode Float(double value) => Get(IrOp.ConstFloat, IrType.Float, BitConverter.DoubleToInt64Bits(value), null);

    public IrNode Bool(bool value) => Get(IrOp.ConstBool, IrType.Bool, value ? 1 : 0, null);

    public IrNode Nil() => Get(IrOp.ConstNil, IrType.Any, 0, null);

    public IrNode Unset() => Get(IrOp.ConstUnset, IrType.Any, 0, null);

    public IrNode Object(ScriptObject value) => Get(IrOp.ConstObject, IrTypes.OfObject(value), 0, value);

    /// <summary>The constant of a value in unboxed form; for nil and the unset marker a node of type Any.</summary>
    public IrNode Unboxed(in Value value) =>
        value.IsInt ? Int(value.AsInt)
        : value.IsFloat ? Float(value.AsFloat)
        : value.IsBool ? Bool(value.AsBool)
        : value.IsUnset ? Unset()
        : value.Ref is ScriptObject o ? Object(o)
        : Nil();

    /// <summary>Puts the constants into the entry.</summary>
    public void Finish()
    {
        List<IrNode> nodes = _graph.Entry.Nodes;
        nodes.InsertRange(_first, _inOrder.GetRange(_first, _inOrder.Count - _first));
    }

    private void TakeFrom(IrBlock block, IrNode?[] map)
    {
        int start = ReferenceEquals(block, _graph.Entry) ? _first : 0;
        int kept = start;
        for (int i = start; i < block.Nodes.Count; i++)
        {
            IrNode node = block.Nodes[i];
            if (!node.IsConstant)
            {
                block.Nodes[kept++] = node;
                continue;
            }

            HasChanged = true;
            if (!TryAdd(node))
            {
                map[node.Id] = Find(node.Op, node.Type, node.Bits, node.Payload);
            }
        }

        block.Nodes.RemoveRange(kept, block.Nodes.Count - kept);
    }

    private IrNode Get(IrOp op, IrType type, long bits, object? payload)
    {
        if (Find(op, type, bits, payload) is not { } node)
        {
            node = _graph.NewNode(op, type);
            node.Bits = bits;
            node.Payload = payload;
            TryAdd(node);
        }

        return node;
    }

    private bool TryAdd(IrNode node)
    {
        if (Find(node.Op, node.Type, node.Bits, node.Payload) is not null)
        {
            return false;
        }

        node.Block = _graph.Entry;
        _inOrder.Add(node);
        _chains.Add(HashOf(node.Op, node.Type, node.Bits, node.Payload));
        HasChanged = true;
        return true;
    }

    private static int HashOf(IrOp op, IrType type, long bits, object? payload) => unchecked(
        (((((int)op * 31) + (int)type) * 31) + Hashing.KeyHash(bits)) * 31 + RuntimeHelpers.GetHashCode(payload));

    private IrNode? Find(IrOp op, IrType type, long bits, object? payload)
    {
        for (int i = _chains.First(HashOf(op, type, bits, payload)); i >= 0; i = _chains.Next(i))
        {
            IrNode node = _inOrder[i];
            if (node.Op == op && node.Type == type && node.Bits == bits && ReferenceEquals(node.Payload, payload))
            {
                return node;
            }
        }

        return null;
    }
}

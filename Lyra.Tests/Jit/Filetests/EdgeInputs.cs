using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Jit.Filetests;

/// <summary>
/// Combinations of register values for a graph: the edge values of the types to which the graph unboxes each register, and rarely nil.
/// </summary>
internal sealed class EdgeInputs
{
    private readonly List<(IrType Type, object? Shape)>[] _types;

    public EdgeInputs(IrGraph graph)
    {
        IrNode[] nodes = [.. graph.Blocks.SelectMany(block => block.Nodes)];
        IrNode[] loads = [.. nodes.Where(node => node.Op == IrOp.LoadRegister)];
        _types = new List<(IrType, object?)>[loads.Length == 0 ? 0 : 1 + (int)loads.Max(load => load.Bits)];
        for (int register = 0; register < _types.Length; register++)
        {
            _types[register] = [];
        }

        foreach (IrNode load in loads)
        {
            _types[load.Bits].AddRange(TypesOf(nodes.Where(node => node.Inputs.Length > 0 && ReferenceEquals(node.Inputs[0], load))));
        }
    }

    /// <summary>New values for the registers. Equal numbers produce equal values.</summary>
    public Value[] Registers(int number)
    {
        Random random = new(number);
        EdgePool pool = new();
        return Array.ConvertAll(_types, types => ValueFor(types, random, pool));
    }

    private static Value ValueFor(List<(IrType Type, object? Shape)> types, Random random, EdgePool pool)
    {
        if (random.Next(32) == 0)
        {
            return Value.Nil;
        }

        (IrType type, object? shape) = types.Count == 0 ? (IrType.Any, null) : types[random.Next(types.Count)];
        return pool.Pick(type, shape, random);
    }

    /// <summary>The types of the unboxing operations; any for other uses.</summary>
    private static HashSet<(IrType Type, object? Shape)> TypesOf(IEnumerable<IrNode> users)
    {
        HashSet<(IrType, object?)> types = [.. users.Select(user => user.Family switch
        {
            IrFamily.Unbox or IrFamily.As => (user.Type, user.Payload),
            IrFamily.KindTest when user.Op == IrOp.IsStruct => (IrType.Struct, user.Payload),
            IrFamily.KindTest when user.Op == IrOp.IsObject => ((IrType)user.Bits, null),
            _ => (IrType.Any, (object?)null),
        })];
        return types.Count == 0 ? [(IrType.Any, null)] : types;
    }
}

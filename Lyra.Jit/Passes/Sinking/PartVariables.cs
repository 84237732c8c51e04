using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// The parts of virtual objects as variables. They get SSA form during a walk of the blocks in reverse postorder: a read finds the reaching
/// write, and makes a parameter where paths join. After Braun et al., "Simple and Efficient Construction of Static Single Assignment Form"
/// (2013); <c>ParameterElimination</c> removes the redundant parameters.
/// </summary>
internal sealed class PartVariables(IrGraph graph, IrOrder order)
{
    private readonly GrowableArray<(IrType Type, IrNode? Only)> _variables = new();

    /// <summary>By block and variable.</summary>
    private readonly Dictionary<ReferenceKey, IrNode> _values = new(ReferenceKey.Comparer);

    /// <summary>Parameters without arguments so far, in their order in the blocks.</summary>
    public GrowableArray<(IrNode Parameter, int Variable)> Pending { get; } = new();

    /// <summary>A variable that is written once, before all its reads.</summary>
    public int AddConstant(IrNode value)
    {
        _variables.Add((value.Type, value));
        return _variables.Count - 1;
    }

    public int Add(IrType type)
    {
        _variables.Add((type, null));
        return _variables.Count - 1;
    }

    public IrType TypeOf(int variable) => _variables[variable].Type;

    /// <summary>Writes at the point that the walk has reached in the block.</summary>
    public void Write(int variable, IrBlock block, IrNode value) => _values[new(block, variable)] = value;

    /// <summary>The value at the point that the walk has reached in the block.</summary>
    public IrNode Read(int variable, IrBlock block)
    {
        if (_variables[variable].Only is { } only)
        {
            return only;
        }

        if (!_values.TryGetValue(new(block, variable), out IrNode? value))
        {
            System.ReadOnlySpan<IncomingEdge> incoming = order.Incoming(block);
            value = incoming.Length == 1 ? Read(variable, incoming[0].From) : Merge(variable, block);
            _values[new(block, variable)] = value;
        }

        return value;
    }

    private IrNode Merge(int variable, IrBlock block)
    {
        IrNode parameter = graph.NewNode(IrOp.Parameter, _variables[variable].Type);
        parameter.Block = block;
        block.Parameters.Add(parameter);
        Pending.Add((parameter, variable));
        return parameter;
    }
}

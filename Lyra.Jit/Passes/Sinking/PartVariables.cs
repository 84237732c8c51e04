using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Passes.Sinking;

/// <summary>
/// The parts of virtual objects as variables, put into SSA form while the blocks are walked in reverse postorder: a read finds what was written on the way
/// to it, and makes a parameter where ways meet. After Braun and others, "Simple and Efficient Construction of Static Single Assignment Form" (2013);
/// parameters that turn out to be needless are left to <see cref="ParameterElimination"/>.
/// </summary>
internal sealed class PartVariables(IrGraph graph, IrOrder order)
{
    private readonly List<(IrType Type, IrNode? Only)> _variables = [];
    private readonly Dictionary<(IrBlock Block, int Variable), IrNode> _values = [];

    /// <summary>Parameters whose values on the edges are not known yet, in the order in which they stand in their blocks.</summary>
    public List<(IrNode Parameter, int Variable)> Pending { get; } = [];

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

    /// <summary>Writes behind what has been walked of the block.</summary>
    public void Write(int variable, IrBlock block, IrNode value) => _values[(block, variable)] = value;

    /// <summary>The value behind what has been walked of the block.</summary>
    public IrNode Read(int variable, IrBlock block)
    {
        if (_variables[variable].Only is { } only)
        {
            return only;
        }

        if (!_values.TryGetValue((block, variable), out IrNode? value))
        {
            System.ReadOnlySpan<IncomingEdge> incoming = order.Incoming(block);
            value = incoming.Length == 1 ? Read(variable, incoming[0].From) : Merge(variable, block);
            _values[(block, variable)] = value;
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

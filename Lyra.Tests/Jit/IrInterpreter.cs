using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit;

/// <summary>
/// Evaluates a region's graph according to the table of operations. Passes and emitted code are compared with it. It uses real objects. It
/// holds ints, floats and bools as script values, whatever the representation, and arrays in the reference of a value.
/// </summary>
internal sealed partial class IrInterpreter
{
    private readonly IrGraph _graph;
    private readonly ScriptContext _context;
    private readonly IIrHost _host;
    private readonly IrValues _values;
    private readonly SnapshotTrace? _trace;
    private long _fuel;

    private IrInterpreter(IrGraph graph, ScriptContext context, IIrHost host, long fuel, SnapshotTrace? trace = null)
    {
        _trace = trace;
        _graph = graph;
        _context = context;
        _host = host;
        _values = new IrValues(graph);
        _fuel = fuel;
    }

    /// <summary>Runs a graph from its entry to an exit.</summary>
    /// <param name="graph">A verified graph of a loop region, without operations that need an engine.</param>
    /// <param name="registers">The values of LoadRegister.</param>
    /// <param name="context">The budget, and the context that helpers receive.</param>
    /// <param name="fuel">The maximum number of nodes to evaluate.</param>
    /// <param name="trace">Is told every snapshot whose point the run passes; null for none.</param>
    /// <returns>How the run ended; null if the fuel did not suffice.</returns>
    public static IrRun? Run(IrGraph graph, Value[] registers, ScriptContext context, int fuel = 100_000, SnapshotTrace? trace = null) =>
        new IrInterpreter(graph, context, new RegisterHost(registers), fuel, trace).Run(fuel);

    /// <summary>Runs a graph of any kind to its end.</summary>
    /// <param name="graph">A verified graph.</param>
    /// <param name="context">The budget, and the context that helpers receive.</param>
    /// <param name="host">The environment of the region.</param>
    public static IrRun Run(IrGraph graph, ScriptContext context, IIrHost host) => Run(graph, context, host, long.MaxValue)!;

    private static IrRun? Run(IrGraph graph, ScriptContext context, IIrHost host, long fuel) =>
        new IrInterpreter(graph, context, host, fuel).Run(fuel);

    private IrRun? Run(long fuel)
    {
        IrBlock block = _graph.Entry;
        while (_fuel > 0)
        {
            if (RunNodes(block) is { } by)
            {
                return new IrRun(_values, fuel - _fuel) { Exit = by.Exit, Guard = by.GuardId, By = by };
            }

            switch (block.End)
            {
                case IrEnd.Jump:
                    block = Follow(block.First!);
                    break;
                case IrEnd.Branch:
                    block = Follow(_values[block.Value!].AsBool ? block.First! : block.Second!);
                    break;
                case IrEnd.Exit:
                    _trace?.At(block.Exit, _values);
                    return new IrRun(_values, fuel - _fuel) { Exit = block.Exit, Guard = block.GuardId };
                case IrEnd.Return:
                    return new IrRun(_values, fuel - _fuel) { Result = block.Value is null ? Value.Nil : _values[block.Value] };
                default:
                    throw new InvalidOperationException($"A block ends with {block.End}.");
            }
        }

        return null;
    }

    /// <summary>Evaluates a block's nodes. Returns the one that exits, or null.</summary>
    private IrNode? RunNodes(IrBlock block)
    {
        foreach (IrNode node in block.Nodes)
        {
            _fuel--;
            _trace?.At(node.Exit, _values);
            if (Evaluate(node) is not { } result)
            {
                _context.Budget.Left += node.Refund;
                return node.MayExit ? node : throw new InvalidOperationException($"{IrPrinter.Print(node)} can't exit.");
            }

            _values[node] = result;
        }

        return null;
    }

    private IrBlock Follow(IrEdge edge)
    {
        _fuel--;
        _trace?.Follow(edge, _values);
        Value[] arguments = Array.ConvertAll(edge.Arguments, argument => _values[argument]);
        for (int i = 0; i < arguments.Length; i++)
        {
            _values[edge.Target.Parameters[i]] = arguments[i];
        }

        return edge.Target;
    }

    private Value In(IrNode node, int index) => _values[node.Inputs[index]];

    private long Int(IrNode node, int index) => In(node, index).AsInt;

    private double Float(IrNode node, int index) => In(node, index).AsFloat;

    private bool Bool(IrNode node, int index) => In(node, index).AsBool;

    private ListObject List(IrNode node) => Object<ListObject>(node, 0);

    private RangeObject Range(IrNode node) => Object<RangeObject>(node, 0);

    private ref Value Field(IrNode node) => ref Object<StructObject>(node, 0).Slot((int)node.Bits);

    private static ref Value Variable(IrNode node) => ref ((ModuleInstance)node.Payload!).Slots[node.Bits];

    private T Object<T>(IrNode node, int index)
        where T : class => (T)In(node, index).Ref!;

    private static Value Of(long value) => Value.FromInt(value);

    private static Value Of(double value) => Value.FromFloat(value);

    private static Value Of(bool value) => Value.FromBool(value);

    private static Value Of(ScriptObject value) => Value.FromObject(value);

    private static Value Store<T>(out T place, T value)
    {
        place = value;
        return Value.Nil;
    }

    private static Value? Passes(bool holds) => holds ? Value.Nil : null;

    private static Value? Checked(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : null;

    /// <summary>An exit, or an exception if the graph requires a known value here.</summary>
    private static Value? ExitOrThrow(IrNode node) =>
        node.MayExit ? null : throw new InvalidOperationException($"{IrPrinter.Print(node)} is not what it was said to be.");

    private static bool IsOfType(in Value value, IrType type) =>
        value.Ref is ScriptObject target && (type == IrType.Object || IrTypes.OfObject(target) == type);

    private static bool HasShape(in Value value, object? shape) => value.Ref is StructObject instance
        && ReferenceEquals(instance.Shape, shape);

    private Value? Charge(long steps)
    {
        if (_context.Budget.Left < steps)
        {
            return null;
        }

        _context.Budget.Left -= steps;
        return Value.Nil;
    }
}

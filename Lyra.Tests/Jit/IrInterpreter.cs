using System;
using System.Collections.Generic;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;
using static System.BitConverter;

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
                default:
                    return new IrRun(_values, fuel - _fuel) { Result = block.Value is null ? Value.Nil : _values[block.Value] };
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

    private T Object<T>(IrNode node, int index)
        where T : class => (T)In(node, index).Ref!;

    private static Value Of(long value) => Value.FromInt(value);

    private static Value Of(double value) => Value.FromFloat(value);

    private static Value Of(bool value) => Value.FromBool(value);

    private static Value? Passes(bool holds) => holds ? Value.Nil : null;

    private static Value? Checked(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : null;

    /// <summary>The result, nil for a node without one; null if the node exits.</summary>
    private Value? Evaluate(IrNode node) => node.Family switch
    {
        IrFamily.Const => Constant(node),
        IrFamily.Input => _host.Evaluate(node, _values),
        IrFamily.Box or IrFamily.Unbox or IrFamily.As or IrFamily.KindTest or IrFamily.Conversion => Represent(node),
        IrFamily.Guard => CheckGuard(node),
        IrFamily.IntMath => ComputeInt(node),
        IrFamily.FloatMath => ComputeFloat(node),
        IrFamily.Logic => Of(Decide(node)),
        IrFamily.ListHeader or IrFamily.ListArray or IrFamily.ElementLoad or IrFamily.ElementStore => UseList(node),
        IrFamily.Virtual or IrFamily.Make => Describe(node),
        IrFamily.Bookkeeping or IrFamily.Call => CountOrCall(node),
        _ => UseObject(node),
    };

    private static Value Constant(IrNode node) => node.Op switch
    {
        IrOp.ConstInt => Of(node.Bits),
        IrOp.ConstFloat => Of(Int64BitsToDouble(node.Bits)),
        IrOp.ConstBool => Of(node.Bits != 0),
        IrOp.ConstNil => Value.Nil,
        IrOp.ConstUnset => Value.Unset,
        IrOp.ConstObject => Value.FromObject((ScriptObject)node.Payload!),
        _ => new Value(node.Payload, 0),
    };

    private bool Decide(IrNode node) => node.Op switch
    {
        IrOp.Not => !Bool(node, 0),
        IrOp.EqBool => Bool(node, 0) == Bool(node, 1),
        _ => ReferenceEquals(In(node, 0).Ref, In(node, 1).Ref),
    };

    private Value? CountOrCall(IrNode node) => node.Op switch
    {
        IrOp.ChargeSteps => Charge(node.Bits),
        IrOp.RefundSteps => Charge(-node.Bits),
        IrOp.ChargeMemory => Passes(_context.TryChargeMemory(node.Bits)),
        IrOp.Call => Call(node),
        IrOp.CallHost or IrOp.LoadHost or IrOp.StoreHost => UseObject(node),
        _ => _host.Evaluate(node, _values),
    };

    private Value? Represent(IrNode node)
    {
        Value value = In(node, 0);
        return node.Op switch
        {
            _ when node.Family == IrFamily.Box => value,
            IrOp.UnboxInt or IrOp.AsInt => value.IsInt ? value : ExitOrThrow(node),
            IrOp.UnboxFloat or IrOp.AsFloat => value.IsFloat ? value : ExitOrThrow(node),
            IrOp.UnboxBool or IrOp.AsBool => value.IsBool ? value : ExitOrThrow(node),
            IrOp.UnboxObject or IrOp.AsObject => IsOfType(value, node.Type) ? value : ExitOrThrow(node),
            IrOp.UnboxStruct or IrOp.AsStruct => HasShape(value, node.Payload) ? value : ExitOrThrow(node),
            IrOp.IsInt => Of(value.IsInt),
            IrOp.IsFloat => Of(value.IsFloat),
            IrOp.IsBool => Of(value.IsBool),
            IrOp.IsNil => Of(value.IsNil),
            IrOp.IsUnset => Of(value.IsUnset),
            IrOp.IsTruthy => Of(value.IsTruthy),
            IrOp.IsObject => Of(IsOfType(value, (IrType)node.Bits)),
            IrOp.IsStruct => Of(HasShape(value, node.Payload)),
            _ => Of((double)value.AsInt),
        };
    }

    /// <summary>An exit, or an exception if the graph requires a known value here.</summary>
    private static Value? ExitOrThrow(IrNode node) =>
        node.MayExit ? null : throw new InvalidOperationException($"{IrPrinter.Print(node)} is not what it was said to be.");

    private static bool IsOfType(in Value value, IrType type) =>
        value.Ref is ScriptObject target && (type == IrType.Object || IrTypes.OfObject(target) == type);

    private static bool HasShape(in Value value, object? shape) => value.Ref is StructObject instance
        && ReferenceEquals(instance.Shape, shape);

    private Value? CheckGuard(IrNode node) => node.Op switch
    {
        IrOp.Guard or IrOp.GuardSpeculation => Passes(Bool(node, 0)),
        IrOp.GuardNot => Passes(!Bool(node, 0)),
        IrOp.GuardIndex => Passes(Int(node, 0) >= 0 && Int(node, 0) < Int(node, 1)),
        IrOp.GuardDivisor => Passes(Int(node, 1) != 0 && (Int(node, 1) != -1 || Int(node, 0) != long.MinValue)),
        IrOp.GuardShift => Passes(Int(node, 0) is >= 0 and <= 63),
        _ => Passes(Int128.Abs(Int(node, 0)) <= 1 << 30),
    };

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

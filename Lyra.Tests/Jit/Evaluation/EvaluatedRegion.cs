using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Evaluation;

/// <summary>
/// Runs a region's graph in the <see cref="IrInterpreter"/> in place of its emitted code: in a real engine, on its heap and stacks, entered
/// and exited as compiled code is. It uses only the exit tables of the emitted region.
/// </summary>
internal sealed class EvaluatedRegion
{
    private readonly IrGraph _graph;
    private readonly EmittedRegion _emitted;
    private readonly RegionData _data;

    /// <summary>The number of the exit state of each CallInterpreter node and each noted call.</summary>
    private readonly Dictionary<IrNode, int> _states = [];

    private EvaluatedRegion(IrGraph graph, EmittedRegion emitted, RegionData data)
    {
        _graph = graph;
        _emitted = emitted;
        _data = data;
        IrNode[] nodes = [.. IrOrder.Of(graph).Blocks.SelectMany(block => block.Nodes)];
        IEnumerable<IrNode> interpreted = nodes.Where(node => node.Op == IrOp.CallInterpreter);
        IEnumerable<IrNode> noted = nodes.Where(node => node is { Op: IrOp.CallRegion, Payload: CallTarget { Signature.CallsOut: true } });
        foreach ((IrNode node, int state) in interpreted.Zip(emitted.Interpreted).Concat(noted.Zip(emitted.Noted)))
        {
            _states.Add(node, state);
        }
    }

    /// <summary>
    /// Creates the delegate that <see cref="RegionCompiler.Evaluation"/> requires; null for a graph that reaches objects of the host, whose
    /// emitted code runs.
    /// </summary>
    public static Delegate? Of(IrGraph graph, EmittedRegion emitted, RegionData data, Type type)
    {
        if (graph.Blocks.Exists(block => block.Nodes.Exists(IrInterpreter.ReachesHost)))
        {
            return null;
        }

        EvaluatedRegion region = new(graph, emitted, data);
        return graph.Kind == RegionKind.Loop ? (LoopCode)region.RunLoop : region.ProcOf(type);
    }

    private int RunLoop(ScriptContext context, Value[] stack, int origin)
    {
        Host host = new(this, context, stack, origin, RegionRuntime.CallableFrames(context), []);
        IrRun run = IrInterpreter.Run(_graph, context, host);
        if (ExitsAtOnce(run))
        {
            return CallOutResult.Raised;
        }

        Exit(run, context);
        return run.Guard;
    }

    /// <summary>A delegate of the given type that passes its arguments to <see cref="RunProc"/> in an array.</summary>
    private Delegate ProcOf(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        ParameterExpression[] parameters = [.. invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))];
        Expression arguments =
            Expression.NewArrayInit(typeof(object), parameters.Skip(2).Select(parameter => Expression.Convert(parameter, typeof(object))));
        MethodInfo run = typeof(EvaluatedRegion).GetMethod(nameof(RunProc), BindingFlags.Instance | BindingFlags.NonPublic)!;
        Expression call = Expression.Call(Expression.Constant(this), run, parameters[0], parameters[1], arguments);
        return Expression.Lambda(type, Expression.Convert(call, invoke.ReturnType), parameters).Compile();
    }

    private object? RunProc(ScriptContext context, int framesLeft, object?[] arguments)
    {
        Host host = new(this, context, [], 0, framesLeft, ArgumentsOf(arguments));
        IrRun run = IrInterpreter.Run(_graph, context, host);
        Value result = run.Result;
        if (ExitsAtOnce(run))
        {
            result = Value.Nil;
        }
        else if (run.Exit is not null)
        {
            Exit(run, context);
            RegionRuntime.ExitProc(_data, context, run.Guard);
            result = Value.Nil;
        }

        return IrTypes.GroupOf(_graph.ResultType) switch
        {
            IrTypeGroup.None or IrTypeGroup.Bool => run.Exit is null && result.IsBool && result.AsBool,
            IrTypeGroup.Int => run.Exit is null ? result.AsInt : 0L,
            IrTypeGroup.Float => run.Exit is null ? result.AsFloat : 0.0,
            IrTypeGroup.Any => result,
            IrTypeGroup.Object or IrTypeGroup.Storage => result.Ref,
            IrTypeGroup.Decimal or IrTypeGroup.Vector => throw new InvalidOperationException("No proc returns such a value."),
        };
    }

    /// <summary>
    /// Leaves the region as emitted code does: the runtime, not the code, makes the refund, which the evaluation has made.
    /// </summary>
    private void Exit(IrRun run, ScriptContext context)
    {
        RegionGuard guard = _emitted.Guards[run.Guard];
        context.Budget.Left -= guard.Refund;
        Spill(run.Exit!, _emitted.States[guard.State], run.Values, context.Regions.Exits!);
    }

    /// <summary>Whether the region returns without an exit of its own, because the interpreter continues in frames that exist.</summary>
    private static bool ExitsAtOnce(IrRun run) =>
        run.By is { Op: IrOp.CallInterpreter } or { Op: IrOp.CallRegion, Payload: CallTarget { Signature.CallsOut: true } };

    private Value[] ArgumentsOf(object?[] arguments)
    {
        Value[] values = new Value[_graph.ArgumentTypes.Length];
        int at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            IrType type = _graph.ArgumentTypes[i];
            values[i] = type == IrType.Any ? new Value(arguments[at++], (long)arguments[at]!) : IrInterpreter.FromClr(type, arguments[at]);
            at++;
        }

        return values;
    }

    /// <summary>Stores a snapshot's values in the exit buffers, at the positions that the exit state names.</summary>
    private static void Spill(Snapshot snapshot, ExitState state, IrValues values, ExitBuffers buffers)
    {
        int top = buffers.Top;
        HashSet<int> described = [];
        for (int i = 0; i < snapshot.Frames.Length; i++)
        {
            SnapshotFrame frame = snapshot.Frames[i];
            if (state.Frames[i].Closure is { } closure)
            {
                Spill(frame.Closure!, closure);
            }

            for (int slot = 0; slot < frame.Slots.Count; slot++)
            {
                Spill(frame.Slots[slot].Value, state.Frames[i].Slots[slot]);
            }
        }

        void Spill(IrNode node, in ExitSlot slot)
        {
            node = node.Family == IrFamily.Box ? node.Inputs[0] : node;
            if (node.IsVirtual)
            {
                SpillObject(node, slot.Index);
                return;
            }

            Value value = values[node];
            switch (slot.Source)
            {
                case ExitSource.Constant:
                    break;
                case ExitSource.Unit:
                    buffers.Ints[top + slot.Index] = values[node.Inputs[0]].AsInt;
                    break;
                case ExitSource.Float:
                    buffers.Floats[top + slot.Index] = value.AsFloat;
                    break;
                case ExitSource.Any:
                    buffers.Objects[top + slot.Index].Object = value.Ref;
                    buffers.Ints[top + slot.BitsIndex] = value.Bits;
                    break;
                case ExitSource.Object or ExitSource.Text:
                    buffers.Objects[top + slot.Index].Object = value.Ref;
                    break;
                default:
                    buffers.Ints[top + slot.Index] = value.IsBool ? (value.AsBool ? 1 : 0) : value.Bits;
                    break;
            }
        }

        void SpillObject(IrNode node, int index)
        {
            if (!described.Add(index))
            {
                return;
            }

            ExitObject made = Array.Find(state.Objects, o => o.Index == index)!;
            Spill(node.Inputs[0], made.Existing);
            for (int part = 0; part < made.Parts.Length; part++)
            {
                Spill(node.Inputs[part + 1], made.Parts[part]);
            }
        }
    }

    /// <summary>One run of the region.</summary>
    private sealed class Host(EvaluatedRegion region, ScriptContext context, Value[] stack, int origin, int framesLeft,
        Value[] arguments) : IIrHost
    {
        private Value[] _stack = stack;
        private int _origin = origin;

        public Value? Evaluate(IrNode node, IrValues values) => node.Op switch
        {
            IrOp.LoadRegister => _stack[_origin + node.Bits],
            IrOp.Argument => arguments[node.Bits],
            IrOp.RootClosure => Value.FromObject(RegionRuntime.RootClosure(region._data)),
            IrOp.CheckStack => CheckStack() ? Value.Nil : null,
            IrOp.CallInterpreter => Interpret(node, values),
            IrOp.CallRegion => Call(node, values),
            _ => throw new InvalidOperationException($"Nothing is known of {node.Op}."),
        };

        private bool CheckStack()
        {
            if (!context.Regions.Exits!.HasSpace)
            {
                context.Regions.Exits.Grow();
            }

            return framesLeft >= 0 && NativeStackCheck.HasSpace(context);
        }

        private Value? Interpret(IrNode node, IrValues values)
        {
            int state = region._states[node];
            Spill(node.Exit!, region._emitted.States[state], values, context.Regions.Exits!);
            int outcome = RegionRuntime.CallInterpreter(region._data, context, state);
            _stack = RegionRuntime.Stack(region._data);
            _origin = RegionRuntime.Origin(context);
            return outcome < 0 ? null : Value.FromInt(outcome);
        }

        private Value CallIndirect(IrNode node, IrValues values)
        {
            var arguments = new Value[NativeArguments.Capacity];
            for (int i = 1; i < node.Inputs.Length; i++)
            {
                arguments[i - 1] = values[node.Inputs[i]];
            }

            Value callee = values[node.Inputs[0]];
            return RegionRuntime.CallIndirect(
                context, framesLeft - (int)node.Bits - 1, callee.Ref, callee.Bits, ref arguments[0], node.Inputs.Length - 1,
                ((IndirectCall)node.Payload!).NeedsNoTask);
        }

        private Value Resume(IrNode node, ResumeCall call, IrValues values) => RegionRuntime.Resume(
            context, framesLeft - (int)node.Bits - 1, (GeneratorObject)values[node.Inputs[0]].Ref!, call.YieldCost);

        private Value? Call(IrNode node, IrValues values)
        {
            CallTarget call = (CallTarget)node.Payload!;
            Delegate code = (call as RegionCall)?.Cell?.Entry ?? region._data.Region!.Entry!;
            List<object?> passed = [context, framesLeft - (int)node.Bits - 1];
            foreach (IrNode input in node.Inputs)
            {
                IrInterpreter.AddArgument(passed, input.Type, values[input]);
            }

            ExitBuffers buffers = context.Regions.Exits!;
            int top = buffers.Top;
            int state = region._states.GetValueOrDefault(node);
            if (call.Signature.CallsOut)
            {
                ExitState after = region._emitted.States[state];
                Spill(node.Exit!, after, values, buffers);
                buffers.Objects[top + after.ValueCount].Object = region._data;
                buffers.Ints[top + after.ValueCount] = state;
                buffers.Top = top + after.ValueCount + 1;
            }

            object? result = call is IndirectCall ? CallIndirect(node, values)
                : call is ResumeCall resume ? Resume(node, resume, values)
                : code.GetType().GetMethod("Invoke")!.Invoke(code, BindingFlags.DoNotWrapExceptions, null, [.. passed], null);
            if (!call.Signature.CallsOut)
            {
                return context.Regions.IsUnwinding ? null : IrInterpreter.FromClr(node.Type, result);
            }

            buffers.Top = top;
            int outcome = buffers.Built > top ? RegionRuntime.AfterNotedCall(region._data, context, state) : NotedCallResult.Returned;
            _stack = RegionRuntime.Stack(region._data);
            return outcome switch
            {
                NotedCallResult.Returned => IrInterpreter.FromClr(node.Type, result),
                NotedCallResult.Finished => new Value(buffers.Objects[top].Object, buffers.Ints[top]),
                _ => null,
            };
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Ir;

/// <summary>Rules for nodes, from their rows (inputs, result, payload, exit), and for the contents of snapshots.</summary>
internal sealed partial class IrVerifier
{
    private void CheckNodes()
    {
        foreach (IrBlock block in _graph.Blocks)
        {
            foreach (IrNode parameter in block.Parameters)
            {
                Require(parameter, parameter.Type != IrType.None && parameter.Inputs.Length == 0, "a parameter has a type and no inputs");
            }

            foreach (IrNode node in block.Nodes)
            {
                CheckInputs(node);
                CheckResult(node);
                CheckPayload(node);
                Require(node, node.Op == IrOp.CallRegion || node.Exit?.Callee is null, "only a call uses the state after the call");
                Require(
                    node,
                    node.MayExit == node.Exit is not null,
                    node.MayExit ? "it may exit, but has no snapshot" : "it never exits, but has a snapshot");
            }

            CheckValue(block);
        }

        foreach (Snapshot snapshot in IrUses.SnapshotsOf(_graph))
        {
            CheckSnapshot(snapshot);
        }
    }

    private void Require(IrNode node, bool holds, string message)
    {
        if (!holds)
        {
            Fault(node, message);
        }
    }

    private void CheckInputs(IrNode node)
    {
        bool usesVirtual = Array.Exists(node.Inputs, input => input.IsVirtual);
        Require(node, node.IsVirtual || !usesVirtual, "only virtual objects use a virtual object as an input");
        IrOpInfo row = node.Row;
        if (row.IsVariadic)
        {
            Require(node, Array.TrueForAll(node.Inputs, input => input.Type != IrType.None), "an input has no value");
            return;
        }

        if (node.Inputs.Length != row.Inputs.Length)
        {
            Fault(node, $"it has {row.Inputs.Length} inputs, not {node.Inputs.Length}");
            return;
        }

        for (int i = 0; i < row.Inputs.Length; i++)
        {
            Require(node, IrOpInfo.Accepts(row.Inputs[i], node.Inputs[i].Type), $"input {i} can't be of type {node.Inputs[i].Type}");
        }
    }

    private void CheckResult(IrNode node)
    {
        bool fits = node.Row.Typing switch
        {
            IrTyping.Row => node.Type == node.Row.Result,
            IrTyping.Argument => node.Bits >= 0 && node.Bits < _graph.ArgumentTypes.Length && node.Type == _graph.ArgumentTypes[node.Bits],
            IrTyping.Helper => node.Payload is not RegionHelper helper || node.Type == helper.Result,
            IrTyping.Region => true,
            IrTyping.Host => node.Payload is not HostCall host || host.Returns(node.Type),
            IrTyping.Object => node.Payload is ScriptObject value && IrTypes.IsObject(node.Type)
                && (node.Type == IrType.Object || node.Type == IrTypes.OfObject(value)),
            IrTyping.Class => IrTypes.IsObject(node.Type),
        };
        Require(node, fits, $"its type can't be {node.Type}");
        bool hasEffect = node.Writes != IrMemory.None || (node.Effects & ~IrEffects.Allocates) != 0;
        Require(node, node.Type != IrType.None || hasEffect, "it has neither a result nor an effect");
    }

    private void CheckPayload(IrNode node)
    {
        bool fits = node.Row.Payload switch
        {
            IrPayload.None => true,
            IrPayload.Object => node.Payload is ScriptObject,
            IrPayload.Foreign => node.Payload is not null,
            IrPayload.Shape => node.Payload is Shape,
            IrPayload.HostType => node.Payload is HostType,
            IrPayload.Code => node.Payload is LinkedPrototype,
            IrPayload.Module => node.Payload is ModuleInstance module && node.Bits >= 0 && node.Bits < module.Slots.Length,
            IrPayload.Helper => node.Payload is RegionHelper,
            IrPayload.CallTarget => node.Payload is CallTarget call && call.Accepts(node.Inputs)
                && call.Signature.ResultType == node.Type && node.Exit?.Callee is not null,
            IrPayload.HostCall => node.Payload is HostCall host && host.Takes(node.Inputs)
                && (node.Op == IrOp.CallHost || host.IsPlainAccess)
                && (node.Op is not (IrOp.LoadHost or IrOp.LoadHostObject) || host.Writes == IrMemory.None),
            IrPayload.HostClasses => node.Payload is HostClasses,
            IrPayload.HostEnum => node.Payload is HostEnum,
            IrPayload.Handler => node.Payload is null or HandlerTarget,
        };
        bool hasParts = node.Family is not (IrFamily.Virtual or IrFamily.Make) || HasParts(node);
        Require(node, fits && hasParts, "its payload is missing or of the wrong class");
        switch (node.Payload)
        {
            case RegionHelper helper when node.Op == IrOp.Call:
                Require(node, Takes(helper, node.Inputs), $"the helper's parameters are ({helper.Method})");
                return;
            case Shape shape when node.Op == IrOp.NewStruct:
                bool isComplete = node.Inputs.Length == shape.Fields.Length;
                Require(node, isComplete, $"a {shape.Name} has {shape.Fields.Length} fields, not {node.Inputs.Length}");
                return;
            default:
                return;
        }
    }

    /// <summary>Whether the inputs are the object, or nil, and all its parts.</summary>
    private static bool HasParts(IrNode node)
    {
        int given = node.Inputs.Length - 1;
        bool fits = node.Row.Result switch
        {
            IrType.Struct => (node.Payload as Shape)?.Fields.Length == given,
            IrType.Upvalue => given == 1,
            IrType.Tuple or IrType.Range or IrType.Closure => given >= 0,
            _ => throw new UnreachableException($"An object of type {node.Row.Result} is always made."),
        };
        return fits && node.Inputs[0].Type == IrType.Any;
    }

    private static bool Takes(RegionHelper helper, IrNode[] inputs)
    {
        if (helper.TakesMany)
        {
            return inputs.Length - helper.FixedInputs is >= 0 and <= Ir.NativeArguments.Capacity
                && Array.TrueForAll(inputs, input => IrTypes.IsScriptValue(input.Type));
        }

        List<Type> given = [];
        foreach (IrNode input in inputs)
        {
            given.Add(input.Op == IrOp.ConstForeign ? input.Payload!.GetType() : IrTypes.ClrType(input.Type));
            if (input.Type == IrType.Any)
            {
                given.Add(typeof(long));
            }
        }

        Type[] parameters = helper.Method.Parameters;
        int first = helper.TakesContext ? 1 : 0;
        bool fits = parameters.Length - first == given.Count;
        for (int i = 0; fits && i < given.Count; i++)
        {
            fits = parameters[first + i].IsAssignableFrom(given[i]);
        }

        return fits;
    }

    /// <summary>Virtual objects cannot be arguments of edges, and the interpreter must not see them in call-outs.</summary>
    private void CheckVirtual(IrBlock block)
    {
        foreach (IrEdge edge in block.Successors)
        {
            foreach (IrNode argument in edge.Arguments)
            {
                if (argument.IsVirtual)
                {
                    Fault(block, $"the edge to block{edge.Target.Id} passes the virtual object v{argument.Id}");
                }
            }
        }

        foreach (IrNode node in block.Nodes)
        {
            foreach (SnapshotFrame frame in node.Op == IrOp.CallInterpreter ? node.Exit?.Frames ?? [] : [])
            {
                bool isVirtual = frame.Closure?.IsVirtual == true || frame.Slots.Exists(slot => slot.Value.IsVirtual);
                Require(node, !isVirtual, "the interpreter would work on a copy of a virtual object");
            }
        }
    }

    private void CheckValue(IrBlock block)
    {
        CheckVirtual(block);
        IrType? expected = block.End switch
        {
            IrEnd.Branch => IrType.Bool,
            IrEnd.Return when block.Value is not null => _graph.ResultType,
            IrEnd.Return or IrEnd.Jump or IrEnd.Exit or IrEnd.Open => null,
        };
        if (expected is { } type && block.Value!.Type != type)
        {
            Fault(block, $"the value of its {block.End} is of type {block.Value.Type}, not {type}");
        }
    }

    private void CheckSnapshot(Snapshot snapshot)
    {
        if (snapshot.Frames.Length == 0 || !ReferenceEquals(snapshot.Frames[0].Code, _graph.Root))
        {
            _faults.Add($"s{snapshot.Id}: the first frame is not that of the region's proc");
            return;
        }

        HashSet<int> registers = [];
        for (int i = 0; i < snapshot.Frames.Length; i++)
        {
            SnapshotFrame frame = snapshot.Frames[i];
            if (frame.Pc < 0 || frame.Pc >= frame.Code.Code.Length)
            {
                _faults.Add($"s{snapshot.Id}: frame {i} has no instruction {frame.Pc}");
            }

            bool needsClosure = i > 0 || _graph.Kind == RegionKind.Entry;
            if (needsClosure != (frame.Closure is not null) || frame.Closure?.Type is not (null or IrType.Closure or IrType.Generator))
            {
                _faults.Add($"s{snapshot.Id}: frame {i}: the frame of a call must have a closure, the root frame of a loop must not");
            }

            registers.Clear();
            foreach (SnapshotSlot slot in frame.Slots)
            {
                CheckSlot(snapshot, i, slot, registers);
            }
        }
    }

    private void CheckSlot(Snapshot snapshot, int frame, SnapshotSlot slot, HashSet<int> registers)
    {
        if (!registers.Add(slot.Register))
        {
            _faults.Add($"s{snapshot.Id}: frame {frame} has r{slot.Register} twice");
        }

        if (!IrTypes.IsRestorable(slot.Value.Type) || slot.Value.Op == IrOp.ConstForeign)
        {
            _faults.Add($"s{snapshot.Id}: frame {frame}: r{slot.Register} can't hold v{slot.Value.Id} of type {slot.Value.Type}");
        }
    }
}

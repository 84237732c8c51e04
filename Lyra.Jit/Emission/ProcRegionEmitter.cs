using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>Emits the parts of proc regions: the stack check at their start, their results, and calls of them.</summary>
internal sealed class ProcRegionEmitter(
    RegionMethod method, Values values, ConstantLoader constants, SpillEmitter spills, SideExitEmitter exits, RegionTables tables)
{
    private readonly IlBuffer _il = method.Il;
    private readonly ExitStates _states = tables.States;
    private readonly GrowableArray<(IlLabel Label, IlLabel Back, IrNode Node, ExitSlots Buffers)> _built = new();
    private IlLocal? _framesLeft;

    /// <summary>The states after noted calls, by number.</summary>
    public int[] NotedStates => Array.ConvertAll(_built.ToArray(), call => _states.NumberOf(call.Node.Exit!));

    /// <summary>In a loop region that calls procs: computes how many frames the calls may represent.</summary>
    public void ComputeFramesLeft(IrBlock[] blocks)
    {
        if (method.IsProc || !Array.Exists(blocks, block => block.Nodes.Exists(node => node.Op == IrOp.CallRegion)))
        {
            return;
        }

        _framesLeft = _il.DeclareLocal(typeof(int), "framesLeft");
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.CallableFrames))!);
        _il.Emit(OpCodes.Stloc, _framesLeft.Value);
    }

    public void CheckStack(IrNode node)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.FramesLeft);
        _il.Emit(OpCodes.Ldc_I4, 0);
        exits.If(OpCodes.Blt, node);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Call, typeof(NativeStackCheck).GetMethod(nameof(NativeStackCheck.HasSpace))!);
        exits.If(OpCodes.Brfalse, node);
        if (method.Graph.CallsOut)
        {
            ReserveNotes();
        }
    }

    public void Return(IrNode? value)
    {
        if (value is null)
        {
            _il.Emit(OpCodes.Ldc_I4, 0);
        }
        else if (value.Type == IrType.Any)
        {
            values.PushStruct(value);
        }
        else
        {
            values.Push(value);
        }

        _il.Emit(OpCodes.Ret);
    }

    public void Call(IrNode node)
    {
        if (!((CallTarget)node.Payload!).Signature.CallsOut)
        {
            CallCode(node);
            method.PushContextPart(ContextFields.Regions);
            _il.Emit(OpCodes.Ldfld, ContextFields.IsUnwinding);
            exits.If(OpCodes.Brtrue, node);
            return;
        }

        IlLabel built = _il.DefineLabel();
        IlLabel back = _il.DefineLabel();
        ExitSlots buffers = Note(node);
        CallCode(node);
        buffers.SetTop(0);
        buffers.BranchIfBuilt(built);
        _il.MarkLabel(back);
        _built.Add((built, back, node, buffers));
    }

    /// <summary>Emits, after the blocks, what follows noted calls during which frames were built, or that did not return.</summary>
    public void EmitBuilt()
    {
        foreach ((IlLabel label, IlLabel back, IrNode node, ExitSlots buffers) in _built)
        {
            IlLocal outcome = _il.DeclareLocal(typeof(int), "outcome");
            IlLabel on = _il.DefineLabel();
            _il.MarkLabel(label);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
            _il.Emit(OpCodes.Ldc_I4, _states.NumberOf(node.Exit!));
            _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.AfterNotedCall))!);
            _il.Emit(OpCodes.Stloc, outcome);
            _il.Emit(OpCodes.Ldloc, outcome);
            _il.Emit(OpCodes.Ldc_I4, NotedCallResult.Returned);
            _il.Emit(OpCodes.Bge, on);
            exits.Exit();
            _il.MarkLabel(on);
            method.ReloadStack();
            _il.Emit(OpCodes.Ldloc, outcome);
            _il.Emit(OpCodes.Brfalse, back);
            TakeFinished(node, buffers);
            _il.Emit(OpCodes.Br, back);
        }
    }

    /// <summary>Stores the frames' values before a call, so that they can be built while it runs (see <see cref="NotedCalls"/>).</summary>
    private ExitSlots Note(IrNode node)
    {
        int state = _states.NumberOf(node.Exit!);
        ExitState after = _states[state];
        after.Result = ((CallTarget)node.Payload!).Signature.Result;
        ExitSlots buffers = spills.Spill(node.Exit!);
        buffers.PushElement(nameof(ExitBuffers.Objects), after.ValueCount);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        buffers.Store(nameof(ExitBuffers.Objects));
        buffers.PushElement(nameof(ExitBuffers.Ints), after.ValueCount);
        _il.Emit(OpCodes.Ldc_I8, (long)state);
        buffers.Store(nameof(ExitBuffers.Ints));
        buffers.SetTop(after.ValueCount + 1);
        return buffers;
    }

    /// <summary>Loads the result of a callee that the interpreter has finished.</summary>
    private void TakeFinished(IrNode node, ExitSlots buffers)
    {
        switch (IrTypes.GroupOf(node.Type))
        {
            case IrTypeGroup.None:
                return;
            case IrTypeGroup.Int or IrTypeGroup.Bool:
                buffers.Load(nameof(ExitBuffers.Ints), 0);
                if (node.Type == IrType.Bool)
                {
                    _il.Emit(OpCodes.Ldc_I8, 0L);
                    _il.Emit(OpCodes.Cgt_Un);
                }

                break;
            case IrTypeGroup.Float:
                buffers.Load(nameof(ExitBuffers.Floats), 0);
                break;
            case IrTypeGroup.Object or IrTypeGroup.Any:
                buffers.Load(nameof(ExitBuffers.Objects), 0);
                if (node.Type == IrType.Any)
                {
                    buffers.Load(nameof(ExitBuffers.Ints), 0);
                    _il.Emit(OpCodes.Newobj, typeof(Value).GetConstructor([typeof(object), typeof(long)])!);
                    break;
                }

                _il.Emit(OpCodes.Castclass, EntryCodes.ResultClassOf(((CallTarget)node.Payload!).Signature.Result));
                break;
            default:
                throw new InvalidOperationException($"No proc returns a {node.Type}.");
        }

        values.TakeResult(node);
    }

    /// <summary>Makes sure that the exit buffers have space for the region's calls and exits.</summary>
    private void ReserveNotes()
    {
        IlLabel enough = _il.DefineLabel();
        method.PushContextPart(ContextFields.Regions);
        _il.Emit(OpCodes.Ldfld, ContextFields.Exits);
        _il.Emit(OpCodes.Callvirt, typeof(ExitBuffers).GetProperty(nameof(ExitBuffers.HasSpace))!.GetMethod!);
        _il.Emit(OpCodes.Brtrue, enough);
        method.PushContextPart(ContextFields.Regions);
        _il.Emit(OpCodes.Ldfld, ContextFields.Exits);
        _il.Emit(OpCodes.Callvirt, typeof(ExitBuffers).GetMethod(nameof(ExitBuffers.Grow))!);
        _il.MarkLabel(enough);
    }

    private void CallCode(IrNode node)
    {
        if (node.Payload is IndirectCall indirect)
        {
            CallIndirect(node, indirect.NeedsNoTask);
            return;
        }

        if (node.Payload is ResumeCall resume)
        {
            CallResume(node, resume);
            return;
        }

        RegionCall call = (RegionCall)node.Payload!;
        if (call.Cell is { } cell)
        {
            tables.Calls.Add(cell);
            constants.Push(cell);
            _il.Emit(OpCodes.Ldfld, cell.GetType().GetField(nameof(EntryCell<Action>.Target))!);
        }
        else
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        }

        PushFramesLeft(node);
        foreach (IrNode input in node.Inputs)
        {
            values.PushWhole(input);
        }

        if (call.Cell is null)
        {
            _il.EmitSelfCall();
        }
        else
        {
            _il.Emit(OpCodes.Callvirt, DelegateSignature.Of(EntryCodes.TypeFor(call.Signature)));
        }

        if (node.Type == IrType.None)
        {
            _il.Emit(OpCodes.Pop);
        }
        else
        {
            values.TakeResult(node);
        }
    }

    private void CallIndirect(IrNode node, bool needsNoTask)
    {
        values.StoreArguments(node, 1);
        PushFramesLeft(node);
        values.PushWhole(node.Inputs[0]);
        values.PushArguments(node, 1);
        _il.Emit(OpCodes.Ldc_I4, needsNoTask ? 1 : 0);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.CallIndirect))!);
        values.TakeResult(node);
    }

    private void CallResume(IrNode node, ResumeCall call)
    {
        PushFramesLeft(node);
        values.PushWhole(node.Inputs[0]);
        _il.Emit(OpCodes.Ldc_I4, call.YieldCost);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.Resume))!);
        values.TakeResult(node);
    }

    /// <summary>Pushes the context, and how many frames the region's calls may push.</summary>
    public void PushContextAndFrames()
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        if (_framesLeft is { } framesLeft)
        {
            _il.Emit(OpCodes.Ldloc, framesLeft);
        }
        else if (method.IsProc || method.Part is not null)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.FramesLeft);
        }
        else
        {
            // A loop that calls no procs.
            _il.Emit(OpCodes.Ldc_I4, 0);
        }
    }

    /// <summary>Pushes the context, and how many frames the callee may push.</summary>
    private void PushFramesLeft(IrNode node)
    {
        PushContextAndFrames();
        _il.Emit(OpCodes.Ldc_I4, (int)node.Bits + 1);
        _il.Emit(OpCodes.Sub);
    }
}

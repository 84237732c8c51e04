using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>Emits the parts of proc regions: the stack check at their start, their results, and calls of them.</summary>
internal sealed class ProcEmitter(RegionMethod method, Values values, ConstantLoader constants, ExitEmitter exits)
{
    private readonly IlBuffer _il = method.Il;
    private readonly HashSet<EntryCell> _calls = [];
    private IlLocal? _framesLeft;

    /// <summary>The cells through which the region calls other procs.</summary>
    public EntryCell[] Calls => [.. _calls];

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
        IlLabel exit = exits.Of(node);
        _il.Emit(OpCodes.Ldarg, RegionMethod.FramesLeft);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Blt, exit);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Call, typeof(NativeStackCheck).GetMethod(nameof(NativeStackCheck.HasSpace))!);
        _il.Emit(OpCodes.Brfalse, exit);
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
        RegionCall call = (RegionCall)node.Payload!;
        if (call.Cell is { } cell)
        {
            _calls.Add(cell);
            _il.Emit(OpCodes.Ldloc, constants.LocalOf(cell));
            _il.Emit(OpCodes.Ldfld, cell.GetType().GetField(nameof(EntryCell<Action>.Target))!);
        }
        else
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        }

        PushArguments(node);
        if (call.Cell is null)
        {
            _il.EmitSelfCall();
        }
        else
        {
            _il.Emit(OpCodes.Callvirt, EntryCodes.TypeFor(call.Signature).GetMethod("Invoke")!);
        }

        if (node.Type == IrType.None)
        {
            _il.Emit(OpCodes.Pop);
        }
        else
        {
            values.TakeResult(node);
        }

        method.PushContextPart(ContextFields.Regions);
        _il.Emit(OpCodes.Ldfld, ContextFields.IsUnwinding);
        _il.Emit(OpCodes.Brtrue, exits.Of(node));
    }

    private void PushArguments(IrNode node)
    {
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        if (_framesLeft is { } framesLeft)
        {
            _il.Emit(OpCodes.Ldloc, framesLeft);
        }
        else
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.FramesLeft);
        }

        _il.Emit(OpCodes.Ldc_I4, (int)node.Bits + 1);
        _il.Emit(OpCodes.Sub);
        foreach (IrNode input in node.Inputs)
        {
            values.PushWhole(input);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>
/// Calls of the host's delegates. The state of the frames goes to the exit buffers first, so that they can be built when the host looks back; there is no
/// exception region, because whoever entered the region sees from the noted call where an exception comes from.
/// </content>
internal sealed partial class RegionEmitter
{
    private static readonly FieldInfo HostCallField = typeof(ScriptContext).GetField(nameof(ScriptContext.HostCall))!;

    private readonly List<(IlLabel Label, IlLabel Back, int State)> _lookedBack = [];
    private int _hostCallObjects = -1;

    private void EmitCallHost(IrNode node)
    {
        HostCall call = (HostCall)node.Payload!;
        int state = StateOf(node.Exit!);
        Spill(node.Exit!);
        _states[state].IsDirectCall = call.IsDirect;
        _hostCallObjects = Math.Max(_hostCallObjects, _states[state].ObjectCount);
        if (!call.IsDirect)
        {
            StoreMany(node, 0);
        }

        NoteHostCall(state + 1);
        if (call.IsDirect)
        {
            PushDirectCall(node, call);
        }
        else
        {
            PushHandlerCall(node, call);
        }

        TakeHostResult(node, call);
        EndHostCall(state);
    }

    private void NoteHostCall(int call)
    {
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldc_I4, call);
        _il.Emit(OpCodes.Stfld, HostCallField);
    }

    private void PushHandlerCall(IrNode node, HostCall call)
    {
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldloc, _constantLocals[call.Target]);
        _il.Emit(OpCodes.Ldloca, HandedOver());
        _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length);
        _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.CallHandler)));
    }

    private void PushDirectCall(IrNode node, HostCall call)
    {
        string? convert = ConversionFrom(call.Invoke.ReturnType);
        if (convert is not null)
        {
            _il.Emit(OpCodes.Ldarg, Context);
        }

        _il.Emit(OpCodes.Ldloc, _constantLocals[call.Target]);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            PushHostArgument(call.Parameters[i], node.Inputs[i]);
        }

        _il.Emit(OpCodes.Callvirt, call.Invoke);
        if (convert is not null)
        {
            _il.Emit(OpCodes.Call, HelperMethod(convert));
        }
    }

    /// <summary>The helper that makes a value of a delegate's result, given the context before it; null for what is a value as it is.</summary>
    private static string? ConversionFrom(Type result) =>
        result == typeof(string) ? nameof(RegionHelpers.TextFromHost)
        : result == typeof(LyraValue) ? nameof(RegionHelpers.ValueFromHost)
        : null;

    private void PushHostArgument(Type parameter, IrNode value)
    {
        if (parameter == typeof(LyraValue))
        {
            PushAny(value);
            _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.ValueForHost)));
            return;
        }

        Push(value);
        if (parameter == typeof(string))
        {
            _il.Emit(OpCodes.Call, typeof(ScriptString).GetProperty(nameof(ScriptString.Text))!.GetMethod!);
        }
        else if (value.Type == IrType.Int && parameter != typeof(long))
        {
            // It is in range, so that the low half is all there is.
            _il.Emit(OpCodes.Conv_I4);
        }
        else if (parameter == typeof(float))
        {
            _il.Emit(OpCodes.Conv_R4);
        }
    }

    private void TakeHostResult(IrNode node, HostCall call)
    {
        if (node.Type == IrType.Any)
        {
            TakeValue(node);
            return;
        }

        if (node.Type == IrType.Int)
        {
            _il.Emit(call.Invoke.ReturnType == typeof(uint) ? OpCodes.Conv_U8 : OpCodes.Conv_I8);
        }
        else if (node.Type == IrType.Float)
        {
            _il.Emit(OpCodes.Conv_R8);
        }

        if (node.Type != IrType.None)
        {
            _il.Emit(OpCodes.Stloc, LocalOf(node));
        }
    }

    /// <summary>Behind the call; out of the way where the host has looked back, so that frames have been built.</summary>
    private void EndHostCall(int state)
    {
        IlLabel lookedBack = _il.DefineLabel();
        IlLabel back = _il.DefineLabel();
        _lookedBack.Add((lookedBack, back, state));
        _il.Emit(OpCodes.Ldarg, Context);
        _il.Emit(OpCodes.Ldfld, HostCallField);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Blt, lookedBack);
        _il.MarkLabel(back);
        NoteHostCall(0);
    }

    private void EmitLookedBack()
    {
        foreach ((IlLabel label, IlLabel back, int state) in _lookedBack)
        {
            _il.MarkLabel(label);
            _il.Emit(OpCodes.Ldarg, Data);
            _il.Emit(OpCodes.Ldarg, Context);
            _il.Emit(OpCodes.Ldc_I4, state);
            _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.EndHostCall))!);
            _il.Emit(OpCodes.Starg, Stack);
            _il.Emit(OpCodes.Br, back);
        }
    }
}

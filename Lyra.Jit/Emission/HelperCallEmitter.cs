using System;
using System.Collections.Generic;
using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Emission;

/// <summary>Emits calls of helpers, and interpreter call-outs.</summary>
internal sealed class HelperCallEmitter(RegionMethod method, Values values, SpillEmitter spills, SideExitEmitter exits, ExitStates states)
{
    private readonly IlBuffer _il = method.Il;
    private readonly List<int> _callOutStates = [];

    /// <summary>The states of interpreter call-outs, by number.</summary>
    public int[] CallOutStates => [.. _callOutStates];

    public void CallHelper(IrNode node)
    {
        RegionHelper helper = (RegionHelper)node.Payload!;
        if (helper.TakesMany)
        {
            values.StoreArguments(node, helper.FixedInputs);
        }

        if (helper.TakesContext)
        {
            _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        }

        int pushed = helper.TakesMany ? helper.FixedInputs : node.Inputs.Length;
        for (int i = 0; i < pushed; i++)
        {
            values.PushWhole(node.Inputs[i]);
        }

        if (helper.TakesMany)
        {
            values.PushArguments(node, helper.FixedInputs);
        }

        _il.Emit(OpCodes.Call, helper.Method.Info);
        if (node.Type != IrType.None)
        {
            values.TakeResult(node);
        }

        if (node.MayExit)
        {
            ExitOnFailure(node);
        }
    }

    /// <summary>Emits a call-out: the interpreter executes the instruction at the node's snapshot.</summary>
    public void CallInterpreter(IrNode node)
    {
        IlLocal outcome = _il.DeclareLocal(typeof(int), "outcome");
        IlLabel on = _il.DefineLabel();
        spills.SpillByCalls(node.Exit!);
        int state = states.NumberOf(node.Exit!);
        _callOutStates.Add(state);
        states[state].Handler = (HandlerTarget?)node.Payload;
        _il.Emit(OpCodes.Ldarg, RegionMethod.Data);
        _il.Emit(OpCodes.Ldarg, RegionMethod.Context);
        _il.Emit(OpCodes.Ldc_I4, state);
        _il.Emit(OpCodes.Call, typeof(RegionRuntime).GetMethod(nameof(RegionRuntime.CallInterpreter))!);
        _il.Emit(OpCodes.Stloc, outcome);
        _il.Emit(OpCodes.Ldloc, outcome);
        _il.Emit(OpCodes.Ldc_I4, 0);
        _il.Emit(OpCodes.Bge, on);
        exits.Exit();
        _il.MarkLabel(on);
        method.ReloadStack();
        _il.Emit(OpCodes.Ldloc, outcome);
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Stloc, values.LocalOf(node));
    }

    /// <summary>Emits an exit that is taken if the bool on the stack is false.</summary>
    public void ExitUnless(IrNode node) => exits.If(OpCodes.Brfalse, node);

    /// <summary>Emits an exit if the helper signals failure; see <see cref="RegionHelper"/>.</summary>
    public void ExitOnFailure(IrNode node)
    {
        switch (IrTypes.GroupOf(node.Type))
        {
            case IrTypeGroup.Any:
                _il.Emit(OpCodes.Ldloc, values.ReferenceOf(node));
                values.PushTag(nameof(RegionTags.Exit));
                exits.If(OpCodes.Beq, node);
                break;
            case IrTypeGroup.None:
                exits.If(OpCodes.Brfalse, node);
                break;
            case IrTypeGroup.Object or IrTypeGroup.Storage:
                _il.Emit(OpCodes.Ldloc, values.LocalOf(node));
                exits.If(OpCodes.Brfalse, node);
                break;
            default:
                throw new InvalidOperationException($"No {node.Type} says that {node.Op} failed.");
        }
    }
}

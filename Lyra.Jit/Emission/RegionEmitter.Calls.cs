using System.Reflection.Emit;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>Calls of helpers.</content>
internal sealed partial class RegionEmitter
{
    private IlLocal? _nativeArguments;

    private void EmitCall(IrNode node)
    {
        RegionHelper helper = (RegionHelper)node.Payload!;
        if (helper.TakesMany)
        {
            StoreMany(node, helper.FixedInputs);
        }

        if (helper.TakesContext)
        {
            _il.Emit(OpCodes.Ldarg, Context);
        }

        PushEach(node, helper.TakesMany ? helper.FixedInputs : node.Inputs.Length);
        if (helper.TakesMany)
        {
            _il.Emit(OpCodes.Ldloca, _nativeArguments!.Value);
            _il.Emit(OpCodes.Ldc_I4, node.Inputs.Length - helper.FixedInputs);
        }

        _il.Emit(OpCodes.Call, helper.Method);
        if (node.Type == IrType.Any)
        {
            TakeValue(node);
        }
        else if (node.Type != IrType.None)
        {
            _il.Emit(OpCodes.Stloc, LocalOf(node));
        }

        if (node.MayExit)
        {
            EmitHelperExit(node);
        }
    }

    private void PushEach(IrNode node, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (node.Inputs[i].Type == IrType.Any)
            {
                PushAny(node.Inputs[i]);
            }
            else
            {
                Push(node.Inputs[i]);
            }
        }
    }

    /// <summary>The local that values are handed over in.</summary>
    private IlLocal HandedOver() => _nativeArguments ??= _il.DeclareLocal(typeof(NativeArguments), "arguments");

    /// <summary>The inputs from one on go to a local that all such calls share.</summary>
    private void StoreMany(IrNode node, int first)
    {
        IlLocal arguments = HandedOver();
        for (int i = first; i < node.Inputs.Length; i++)
        {
            _il.Emit(OpCodes.Ldloca, arguments);
            _il.Emit(OpCodes.Ldc_I4, i - first);
            _il.Emit(OpCodes.Call, typeof(NativeArguments).GetMethod(nameof(NativeArguments.Slot))!);
            PushValue(node.Inputs[i]);
            _il.Emit(OpCodes.Call, HelperMethod(nameof(RegionHelpers.StoreNumber)));
        }
    }

    /// <summary>Exits when a helper reported it: see <see cref="RegionHelper"/>.</summary>
    private void EmitHelperExit(IrNode node)
    {
        switch (node.Type)
        {
            case IrType.Any:
                _il.Emit(OpCodes.Ldloc, ReferenceOf(node));
                PushTag(nameof(RegionTags.Exit));
                _il.Emit(OpCodes.Beq, ExitOf(node));
                break;
            case IrType.None:
                _il.Emit(OpCodes.Brfalse, ExitOf(node));
                break;
            default:
                _il.Emit(OpCodes.Ldloc, LocalOf(node));
                _il.Emit(OpCodes.Brfalse, ExitOf(node));
                break;
        }
    }

    /// <summary>A <see cref="Value"/> on the stack goes to the two locals of a node.</summary>
    private void TakeValue(IrNode node)
    {
        IlLocal value = _il.DeclareLocal(typeof(Value), $"v{node.Id}.value");
        _il.Emit(OpCodes.Stloc, value);
        TakeHalves(node, OpCodes.Ldloca, value);
    }
}

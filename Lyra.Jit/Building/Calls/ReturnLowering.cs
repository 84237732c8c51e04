using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Building;

/// <summary>Returns: of the root frame, and of inlined calls and generators.</summary>
internal sealed class ReturnLowering(BuildParts parts) : Lowering(parts)
{
    /// <summary>Returns a result, or nil when it is null. The region of a generator returns the unset marker at its end.</summary>
    public bool Return(IrNode? result)
    {
        if (Frame.Generator is { } generator)
        {
            Ir.Call(RegionHelpers.FinishOne, generator);
        }

        if (Frame.Caller is null)
        {
            ReturnFromRegion(State.Frame.Code.Kind == ProcKind.Generator ? Ir.Unset() : result ?? Ir.Nil());
            return true;
        }

        Frame.Returns.Add((Ir.Block!, result));
        Ir.Block = null;
        return true;
    }

    private void ReturnFromRegion(IrNode result)
    {
        if (!TryConvert(result, out IrNode? value))
        {
            Ir.Exit();
            return;
        }

        Ir.Return(value);
    }

    /// <summary>Converts the result to the region's representation: null for nil where the region has no result.</summary>
    /// <returns>False when the result never has that representation.</returns>
    private bool TryConvert(IrNode result, out IrNode? value)
    {
        value = null;
        if (State.Signature?.Result is { } expected)
        {
            bool isNilOrUnset = result.IsConstant && result.Type == IrType.Any;
            value = isNilOrUnset && expected.Type != IrType.Any ? null : Ir.Convert(result, expected);
            return value is not null;
        }

        if (State.Signature is null || result.Type != IrType.Any || result.Op == IrOp.ConstUnset)
        {
            return false;
        }

        if (result.Op != IrOp.ConstNil)
        {
            Ir.Guard(Ir.IsNil(result));
        }

        return true;
    }
}

using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <summary>Methods of strs that look for a part. A result is null where the method's handler has to be called.</summary>
internal sealed class TextIntrinsics(BuildParts parts) : Lowering(parts)
{
    /// <summary>A method that tells whether a str contains a part in some place.</summary>
    public IrNode? Test(IrNode[] arguments, RegionHelper helper) =>
        arguments is [{ Type: IrType.Str } text, { Type: IrType.Str } part, ..] ? Ir.AsBool(Ir.Call(helper, text, part)) : null;

    /// <summary>The index of a part, from the start or from an index on.</summary>
    public IrNode? Find(IrNode[] arguments)
    {
        if (arguments is not [{ Type: IrType.Str } text, { Type: IrType.Str } part, ..])
        {
            return null;
        }

        IrNode start = arguments.Length > 2 ? arguments[2] : Ir.Int(0);
        return start.Type == IrType.Int ? Ir.Emit(IrOp.AsInt, IrType.Int, Ir.Call(RegionHelpers.IndexOfText, text, part, start)) : null;
    }
}

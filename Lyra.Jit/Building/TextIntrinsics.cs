using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>Methods of strs that look for a part.</summary>
internal sealed class TextIntrinsics(BuildParts parts) : Lowering(parts)
{
    /// <summary>The result of a method; null when its handler has to be called.</summary>
    public IrNode? Lower(IntrinsicId id, IrNode[] arguments)
    {
        if (arguments is not [{ Type: IrType.Str } text, { Type: IrType.Str } part, ..])
        {
            return null;
        }

        return id switch
        {
            IntrinsicId.StrFind or IntrinsicId.StrIndex => Find(text, part, arguments.Length > 2 ? arguments[2] : Ir.Int(0)),
            IntrinsicId.StrContains => Ir.AsBool(Ir.Call(RegionHelpers.ContainsText, text, part)),
            IntrinsicId.StrStartsWith => Ir.AsBool(Ir.Call(RegionHelpers.StartsWithText, text, part)),
            IntrinsicId.StrEndsWith => Ir.AsBool(Ir.Call(RegionHelpers.EndsWithText, text, part)),
            _ => null,
        };
    }

    private IrNode? Find(IrNode text, IrNode part, IrNode start) => start.Type == IrType.Int
        ? Ir.Emit(IrOp.AsInt, IrType.Int, Ir.Call(RegionHelpers.IndexOfText, text, part, start))
        : null;
}

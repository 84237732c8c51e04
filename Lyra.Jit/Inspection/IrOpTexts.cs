using System.Reflection;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Inspection;

/// <summary>
/// The texts for people in the table of operations. Nothing that compiles needs them, so they are read from the attributes.
/// </summary>
internal static class IrOpTexts
{
    /// <summary>The row of an operation, with its texts.</summary>
    public static IrRowAttribute Of(IrOp op) => typeof(IrOp).GetField(op.ToString())!.GetCustomAttribute<IrRowAttribute>()!;
}

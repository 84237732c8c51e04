using System.Reflection;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <summary>The tags of <see cref="Tag"/> as fields, which emitted code loads; the CLR's compiler turns them into constants.</summary>
internal static class RegionTags
{
    public static readonly string Int = Tag.Int;
    public static readonly string Float = Tag.Float;
    public static readonly string Bool = Tag.Bool;
    public static readonly string Unset = Tag.Unset;
    public static readonly string Exit = RegionHelpers.ExitTag;

    /// <summary>The captures of closures that have none.</summary>
    public static readonly Value[] NoValues = [];

    public static FieldInfo Field(string name) => typeof(RegionTags).GetField(name)!;

    /// <summary>The tag for which an operation tests.</summary>
    public static string NameOf(IrOp op) => op switch
    {
        IrOp.IsInt or IrOp.UnboxInt => nameof(Int),
        IrOp.IsFloat or IrOp.UnboxFloat => nameof(Float),
        IrOp.IsBool or IrOp.UnboxBool => nameof(Bool),
        _ => nameof(Unset),
    };
}

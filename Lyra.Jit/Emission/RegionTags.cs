using System;
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
    public static readonly string Exit = GuardedCalls.ExitTag;

    /// <summary>The captures of closures that have none.</summary>
    public static readonly Value[] NoValues = [];

    public static FieldInfo Field(string name) => typeof(RegionTags).GetField(name)!;

    /// <summary>The tag for which an operation tests.</summary>
    public static string OfTest(IrNode node) => node.Op == IrOp.IsUnset ? nameof(Unset) : NameOf(node.Row.Tests);

    /// <summary>The tag of the values of a type.</summary>
    public static string NameOf(IrType type) => type switch
    {
        IrType.Int => nameof(Int),
        IrType.Float => nameof(Float),
        IrType.Bool => nameof(Bool),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Values of the type have no tag."),
    };
}

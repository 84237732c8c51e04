using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Emission;

/// <content>Tests of values.</content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper HasEqualsHook = Row(nameof(HasEqualsHookOf), IrType.Bool);

    /// <summary>Whether a value is an instance whose struct has an <c>__eq</c>.</summary>
    internal static bool HasEqualsHookOf(object? reference, long bits) =>
        ScriptObject.IsStruct(reference) && Unsafe.As<StructObject>(reference!).Shape.Hooks.Equals is not null;
}

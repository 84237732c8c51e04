using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>
/// Builtins called without frames. Legal for one that has no effect but its result (<see cref="IntrinsicTraits.Pure"/>, or one that besides calls hooks
/// only). A struct as the first argument may have a method of the builtin's name, so it leaves the region.
/// </content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper CallPure1 = Row(nameof(CallPureOne), IrType.Any, Computes, Contents | IrMemory.Fields);
    public static readonly RegionHelper CallPure2 = Row(nameof(CallPureTwo), IrType.Any, Computes, Contents | IrMemory.Fields);
    public static readonly RegionHelper CallPure3 = Row(nameof(CallPureThree), IrType.Any, Computes, Contents | IrMemory.Fields);

    /// <summary>The helper that calls a builtin without effects with so many arguments; null where there is none.</summary>
    public static RegionHelper? CallPure(int count) => count switch
    {
        1 => CallPure1,
        2 => CallPure2,
        3 => CallPure3,
        _ => null,
    };

    internal static Value CallPureOne(ScriptContext context, NativeProc builtin, object? a, long aBits) =>
        CallPure(context, builtin.Intrinsic, [new Value(a, aBits)]);

    internal static Value CallPureTwo(ScriptContext context, NativeProc builtin, object? a, long aBits, object? b, long bBits) =>
        CallPure(context, builtin.Intrinsic, [new Value(a, aBits), new Value(b, bBits)]);

    internal static Value CallPureThree(
        ScriptContext context, NativeProc builtin, object? a, long aBits, object? b, long bBits, object? c, long cBits) =>
        CallPure(context, builtin.Intrinsic, [new Value(a, aBits), new Value(b, bBits), new Value(c, cBits)]);

    private static Value CallPure(ScriptContext context, Intrinsic builtin, ReadOnlySpan<Value> arguments) =>
        arguments.Length < builtin.MinArguments || arguments.Length > builtin.MaxArguments || ScriptObject.IsStruct(arguments[0].Ref)
            ? Leave
            : Guarded(context, builtin.Handler, arguments);
}

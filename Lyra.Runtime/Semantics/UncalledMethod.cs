using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>The hint in a TypeError of an operator whose operand is a method that was named and not called.</summary>
internal static class UncalledMethod
{
    /// <summary>The end of the message; empty if neither operand is a bound method.</summary>
    public static string HintFor(in Value a, in Value b) =>
        (a.Ref as BoundProc ?? b.Ref as BoundProc) is { } method
            ? $"; {NameOf(method)} is a method: write {NameOf(method)}()"
            : string.Empty;

    private static string NameOf(BoundProc method) => method.Target switch
    {
        Closure closure => closure.Prototype.Name,
        NativeProc native => native.Intrinsic.Name,
        _ => method.TypeName,
    };
}

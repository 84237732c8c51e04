using System;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Building;

/// <content>Calls of methods with overloads.</content>
internal sealed partial class HostCallLowering
{
    /// <summary>The overload that takes so many arguments, if it is the only one; otherwise the proc that chooses.</summary>
    private static NativeProc ByNumber(NativeProc proc, int count)
    {
        Intrinsic[] fitting = Array.FindAll(proc.Intrinsic.Overloads, row => count >= row.MinArguments && count <= row.MaxArguments);
        return fitting is [var only] ? only.Proc : proc;
    }

    /// <summary>
    /// The overload that is called for arguments of the kinds that are known or recorded, which are guarded; the proc that chooses, where
    /// that depends on the values. A proc without overloads is returned as it is.
    /// </summary>
    private NativeProc ByTypes(NativeProc proc, IrNode[] arguments, ReadOnlySpan<ObservedType?> seen)
    {
        if (OverloadSet.Of(proc.Intrinsic) is not { } overloads)
        {
            return proc;
        }

        OverloadArgument[] known = new OverloadArgument[arguments.Length];
        for (int n = 0; n < known.Length; n++)
        {
            if (overloads.HaveSameType(known.Length, n))
            {
                continue;
            }

            if (KindOf(arguments[n], n < seen.Length ? seen[n] : null) is not { } argument)
            {
                return proc;
            }

            known[n] = argument;
        }

        if (overloads.Find(known) is not { } row)
        {
            return proc;
        }

        for (int n = 0; n < known.Length; n++)
        {
            arguments[n] = Guarded(arguments[n], known[n], n < seen.Length ? seen[n] : null);
        }

        return row.Proc;
    }

    /// <summary>What is known or recorded of an argument; null when that does not tell its overload.</summary>
    private static OverloadArgument? KindOf(IrNode value, ObservedType? seen)
    {
        switch (RecordedKinds.Of(value, seen))
        {
            case ObservedKinds.Bool:
                return new OverloadArgument(ValueKind.Bool);
            case ObservedKinds.Int:
                return new OverloadArgument(ValueKind.Int);
            case ObservedKinds.Float:
                return new OverloadArgument(ValueKind.Float);
            case ObservedKinds.Str:
                return new OverloadArgument(ValueKind.Str);
        }

        return TypeOf(value, seen) is not { } type ? null
            : type.ClrType.IsSealed ? new OverloadArgument(ValueKind.Host, type.ClrType)
            : seen!.ClassesOf(type) is [var only] ? new OverloadArgument(ValueKind.Host, only)
            : null;
    }

    /// <summary>An argument that is of the kind for which the overload was chosen; exits when it is of another.</summary>
    private IrNode Guarded(IrNode value, OverloadArgument argument, ObservedType? seen)
    {
        if (argument.Class is { } exact && TypeOf(value, seen) is { } type)
        {
            IrNode guarded = GuardType(type, value);
            if (!type.ClrType.IsSealed)
            {
                Test(IrOp.IsHostClass, new HostClasses(type, [exact]), guarded);
            }

            return guarded;
        }

        return argument.Kind is { } kind and not ValueKind.Host
            ? Ir.Convert(value, new Representation(KindTypes.Of(kind).Type, null))!
            : value;
    }
}

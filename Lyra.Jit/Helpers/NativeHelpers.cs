using System;
using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Library procs that have no form of their own.</summary>
internal static class NativeHelpers
{
    /// <summary>The most elements of a list that are copied for a call, which charges no memory for them.</summary>
    private const int MaxListedArguments = 256;

    /// <summary>The input of <see cref="CallNative"/> and <see cref="CallChangingNative"/> that is the proc's first argument.</summary>
    public const int FirstArgument = 1;

    /// <summary>Whether a helper calls the library proc that is its first input with the other inputs.</summary>
    public static bool Calls(RegionHelper helper) =>
        ReferenceEquals(helper, RegionHelpers.CallNative) || ReferenceEquals(helper, RegionHelpers.CallChangingNative);

    /// <summary>Calls a proc that changes nothing that a script could see.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value CallNative(ScriptContext context, ScriptObject native, ref Value arguments, int count) =>
        Guarded(context, ((NativeProc)native).Intrinsic.Handler, NativeArguments.Span(ref arguments, count));

    /// <summary>Calls a proc that changes nothing that a script could see with the elements of a list as its arguments.</summary>
    [RegionHelper(IrType.Any, Charges, Reads = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value CallNativeWithList(ScriptContext context, ScriptObject native, ListObject list)
    {
        Intrinsic intrinsic = ((NativeProc)native).Intrinsic;
        int count = list.Count;
        if (count < intrinsic.MinArguments || count > Math.Min(intrinsic.MaxArguments, MaxListedArguments) || intrinsic.IsScripted(count))
        {
            return Exit;
        }

        Value[] arguments = new Value[count];
        for (int i = 0; i < count; i++)
        {
            arguments[i] = list.Get(i);
        }

        Account account = new(context);
        if (!context.TryCharge(CallDescriptor.SpreadSteps(count)))
        {
            return Exit;
        }

        Value result = Guarded(context, intrinsic.Handler, arguments);
        return ReferenceEquals(result.Ref, ExitTag) ? account.TakeBack() : result;
    }

    /// <summary>Calls a proc that changes its container, after everything that may fail.</summary>
    /// <remarks>
    /// Near the memory limit the interpreter does it, because a list that was widened before it could not grow
    /// stays widened.
    /// </remarks>
    [RegionHelper(IrType.Any, Charges, Reads = Contents, Writes = Contents)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Value CallChangingNative(ScriptContext context, ScriptObject native, ref Value arguments, int count)
    {
        long size = 0;
        foreach (ref readonly Value argument in NativeArguments.Span(ref arguments, count))
        {
            size += argument.Ref is ListObject list ? list.Count : 0;
        }

        return context.Memory.Left + context.Memory.Withheld < 256 + (48 * size) && !context.TryChargeMemory(256 + (48 * size))
            ? Exit
            : CallNative(context, native, ref arguments, count);
    }
}

using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// Asks whether the native stack of the calling thread suffices, as
/// <see cref="RuntimeHelpers.TryEnsureSufficientExecutionStack"/> does, which takes 3 ns, but less often: the stack of a thread does not
/// change, so an answer holds for every address above that at which it was given.
/// </summary>
internal static class NativeStackSpace
{
    /// <summary>The lowest address at which this thread had enough stack; 0 before the first answer.</summary>
    [ThreadStatic]
    private static nuint _sufficientAt;

    /// <summary>Whether the average .NET method can run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSufficient()
    {
        // 0 less 1 is the highest address.
        return Here() > _sufficientAt - 1 || Ask();
    }

    /// <summary>An address in the frame of the calling method.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe nuint Here()
    {
        byte local;
        return (nuint)(&local);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Ask()
    {
        nuint here = Here();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        _sufficientAt = here;
        return true;
    }
}

using System;

namespace Lyra.Runtime.Caches;

/// <summary>For tests: allocations that fail as if the CLR were out of memory.</summary>
internal static class InjectedFailure
{
    /// <summary>Throws if a test says that the allocation fails.</summary>
    /// <param name="fails">Asked once; null for an allocation that no test is asked about.</param>
    /// <exception cref="OutOfMemoryException">It fails.</exception>
    public static void ThrowIf(Func<bool>? fails)
    {
        if (fails is not null && fails())
        {
            Throw();
        }
    }

    /// <exception cref="OutOfMemoryException">Always.</exception>
#pragma warning disable CA2201 // As the CLR throws it.
    public static void Throw() => throw new OutOfMemoryException();
#pragma warning restore CA2201
}

using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Library.Operations;

/// <summary>How the CLR compiles loops over the elements of lists.</summary>
internal static class ElementLoops
{
    /// <summary>
    /// Optimized at the first call: by default, the CLR would execute the loop in unoptimized code for 100 ms or more, up to five times as
    /// slow. Precompiled code of a method with that attribute is discarded, so a precompiled build omits it (docs/decisions/0006).
    /// </summary>
#if LYRA_PRECOMPILED
    public const MethodImplOptions Optimized = 0;
#else
    public const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
#endif
}

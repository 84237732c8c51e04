using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Library.Modules;

/// <summary>How the CLR compiles loops over the elements of lists.</summary>
internal static class SimdKernel
{
    /// <summary>
    /// Optimized at the first call: by default, the CLR would execute the loop without vectors in registers for 100 ms or more, 3 to 7 times
    /// as slow. Precompiled code of a method with that attribute is discarded, so a precompiled build omits it (docs/decisions/0006).
    /// </summary>
#if LYRA_PRECOMPILED
    public const MethodImplOptions Optimized = 0;
#else
    public const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
#endif
}

using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Profiling;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>What instrumented code does for a profile.</summary>
internal static class ProfileHelpers
{
    /// <summary>Counts an entry of a block in <see cref="BlockCounts.Compiled"/>.</summary>
    [RegionHelper(IrType.None, IrEffects.Fixed, IsTotal = true)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Count(long[] entries, long block) => entries[(int)block]++;

    /// <summary>Counts an entry of a block and tells the probe.</summary>
    [RegionHelper(IrType.None, IrEffects.Fixed, IsTotal = true)]
    internal static void Enter(BlockCounts counts, long block) => counts.EnterCompiled((int)block);
}

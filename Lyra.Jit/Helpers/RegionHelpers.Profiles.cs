using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Profiling;

namespace Lyra.Jit.Helpers;

/// <content>What instrumented code does for a profile.</content>
internal static partial class RegionHelpers
{
    /// <summary>Counts an entry of a block in <see cref="BlockCounts.Compiled"/>.</summary>
    public static readonly RegionHelper CountBlock = Row(nameof(Count), IrType.None, IrEffects.Fixed, isTotal: true);

    /// <summary>Counts an entry of a block and tells the probe.</summary>
    public static readonly RegionHelper EnterBlock = Row(nameof(Enter), IrType.None, IrEffects.Fixed, isTotal: true);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Count(long[] entries, long block) => entries[(int)block]++;

    internal static void Enter(BlockCounts counts, long block) => counts.EnterCompiled((int)block);
}

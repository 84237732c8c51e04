using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Objects that nothing refers to any more.</summary>
internal static class ReuseHelpers
{
    /// <summary>
    /// Gives back a list, map, tuple or instance of a struct. The number of levels tells how much of what it contains is dead as well; 1 is
    /// for the object alone.
    /// </summary>
    [RegionHelper(IrType.None, Pure, Writes = Lists | IrMemory.Tables | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void GiveBack(ScriptContext context, ScriptObject dead, long levels) => context.Storage?.GiveBack(dead, (int)levels);
}

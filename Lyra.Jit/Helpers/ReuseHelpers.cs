using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Objects that nothing refers to any more. The number of levels tells how much of what an object contains is dead as well; 1 is for the
/// object alone.
/// </summary>
internal static class ReuseHelpers
{
    /// <summary>Gives back a list.</summary>
    [RegionHelper(IrType.None, Pure, Writes = Lists)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void GiveBackList(ScriptContext context, ListObject list, long levels) =>
        context.Storage?.GiveBack(list, (int)levels);

    /// <summary>Gives back a map.</summary>
    [RegionHelper(IrType.None, Pure, Writes = Lists | IrMemory.Tables)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void GiveBackMap(ScriptContext context, MapObject map, long levels) => context.Storage?.GiveBack(map, (int)levels);

    /// <summary>Gives back a tuple.</summary>
    [RegionHelper(IrType.None, Pure, Writes = Lists)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void GiveBackTuple(ScriptContext context, TupleObject tuple, long levels) =>
        context.Storage?.GiveBack(tuple, (int)levels);

    /// <summary>Gives back an instance of a struct.</summary>
    [RegionHelper(IrType.None, Pure, Writes = Lists | IrMemory.Fields)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void GiveBackStruct(ScriptContext context, StructObject instance, long levels) =>
        context.Storage?.GiveBack(instance, (int)levels);
}

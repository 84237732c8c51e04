using System.Reflection;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Emission;

/// <summary>
/// The fields of <see cref="ScriptContext"/> that emitted code accesses: the parts, which are structs within the context, and the fields of
/// the parts.
/// </summary>
internal static class ContextFields
{
    public static readonly FieldInfo Budget = Part(nameof(ScriptContext.Budget));

    public static readonly FieldInfo Memory = Part(nameof(ScriptContext.Memory));

    public static readonly FieldInfo Regions = Part(nameof(ScriptContext.Regions));

    public static readonly FieldInfo HasForeignAllocations = Part(nameof(ScriptContext.HasForeignAllocations));

    public static readonly FieldInfo StepsLeft = typeof(RunBudget).GetField(nameof(RunBudget.Left))!;

    public static readonly FieldInfo MemoryLeft = typeof(MemoryAccount).GetField(nameof(MemoryAccount.Left))!;

    public static readonly FieldInfo Exits = typeof(RegionState).GetField(nameof(RegionState.Exits))!;

    public static readonly FieldInfo HostCall = typeof(RegionState).GetField(nameof(RegionState.HostCall))!;

    public static readonly FieldInfo HostFrames = typeof(RegionState).GetField(nameof(RegionState.HostFrames))!;

    public static readonly FieldInfo IsUnwinding = typeof(RegionState).GetField(nameof(RegionState.IsUnwinding))!;

    private static FieldInfo Part(string name) => typeof(ScriptContext).GetField(name)!;
}

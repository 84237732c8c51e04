using System.Collections.Generic;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>What the attempts at one region have found out; each attempt starts with the findings of those before it.</summary>
internal sealed class BuildHistory
{
    /// <summary>
    /// The answers of <see cref="ICalleeTable"/>. The table changes while the script runs; all attempts use the first answer.
    /// </summary>
    public Dictionary<LinkedPrototype, EntryCell?> Cells { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Registers at loop heads that have no narrower representation than <see cref="Ir.IrType.Any"/>.</summary>
    public HashSet<(CallContext Context, int Head, int Register)> Widened { get; } = [];

    /// <summary>Calls that are not inlined.</summary>
    public HashSet<(CallContext? Context, int Pc)> NotInlined { get; } = [];
}

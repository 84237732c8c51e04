using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Values;

namespace Lyra.Fuzz.Programs;

/// <summary>What the library has, without what ends the run, waits, or uses something outside of the script.</summary>
internal static class LibraryCalls
{
    /// <summary>The builtins.</summary>
    public static IReadOnlyList<Intrinsic> Builtins { get; } =
        [.. LibraryTable.AllBuiltins().Where(row => row.Name is not ("exit" or "input" or "sleep" or "gather" or "race" or "chan"))];

    /// <summary>The methods, each with a kind that has it.</summary>
    public static IReadOnlyList<(ValueKind Kind, Intrinsic Row)> Methods { get; } =
        [.. from kind in LibraryTable.KindsWithMethods
            from row in LibraryTable.AllMethods(kind)
            where row.Name is not ("close" or "send" or "recv" or "cancel")
            select (kind, row)];

    /// <summary>The procs of modules.</summary>
    public static IReadOnlyList<Intrinsic> Members { get; } =
        [.. LibraryTable.ModuleNames.Except(["io", "os", "jit", "vm", "task", "str", "uuid", "test"]).SelectMany(ProcsOf)];

    private static IEnumerable<Intrinsic> ProcsOf(string module) =>
        LibraryTable.TryFindModule(module, out LibraryModule? found) ? found.Procs() : [];
}

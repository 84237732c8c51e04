using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Values;

namespace Lyra.Analysis;

/// <summary>A module of the library, from the library's own table.</summary>
internal sealed class LibraryMembers(LibraryModule module) : IModuleMembers
{
    private static readonly ConcurrentDictionary<(Intrinsic Row, int Receivers), KnownType> Rows = new();

    public string Name => module.Name;

    public IEnumerable<string> Names =>
        module.Instantiate().Exports.Keys.Concat(module.Procs().Select(static row => row.Name)).Distinct();

    public KnownType? Find(string name)
    {
        if (LibraryTable.TryFindModule($"{module.Name}.{name}", out LibraryModule? part))
        {
            return KnownType.Of(new TypeAtom(ValueKind.Module) { Module = new LibraryMembers(part) });
        }

        if (module.FindProc(name) is { } row)
        {
            return OfRow(row, 0);
        }

        return module.TryFindConstant(name, out Value value) ? KnownType.Of(value.Kind) : null;
    }

    /// <summary>The type of a row of the library as a value.</summary>
    public static KnownType OfRow(Intrinsic row, int receivers) => Rows.GetOrAdd(
        (row, receivers),
        static key => KnownType.Of(new TypeAtom(ValueKind.Proc)
        {
            Proc = ProcShape.Of(key.Row, key.Receivers, () => LibraryResults.Of(key.Row)),
        }));
}

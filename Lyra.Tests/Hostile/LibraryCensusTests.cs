using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>The corpus has every intrinsic of the library.</summary>
public sealed class LibraryCensusTests
{
    [Fact]
    public void Every_intrinsic_has_a_probe_or_a_reason_why_it_needs_none() =>
        LibraryProbes.All().Select(probe => probe.Name).Distinct().Order()
            .ShouldBe(Intrinsics().Select(row => row.QualifiedName).Distinct().Order());

    [Fact]
    public void Every_builtin_that_cannot_fill_the_memory_has_a_reason() =>
        LibraryProbes.All().Where(probe => probe.Call.Length == 0 && probe.Bounded.Length == 0).ShouldBeEmpty();

    private static IEnumerable<Intrinsic> Intrinsics()
    {
        foreach (Intrinsic row in LibraryTable.AllBuiltins().Concat(LibraryTable.KindsWithMethods.SelectMany(LibraryTable.AllMethods)))
        {
            yield return row;
        }
        foreach (string name in LibraryTable.ModuleNames)
        {
            LibraryTable.TryFindModule(name, out LibraryModule? module).ShouldBeTrue();
            foreach (Intrinsic row in module!.Procs())
            {
                yield return row;
            }
        }
    }
}

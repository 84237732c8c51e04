using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// Methods that call each other in a cycle use native stack for each level of what they walk. .NET ends a process whose stack overflows,
/// so <c>Recursions.txt</c> lists all cycles, each with what bounds its depth.
/// </summary>
public sealed class RecursionTests
{
    private static readonly string[] Libraries = ["Lyra.Interpreter", "Lyra.Jit", "Lyra.Runtime"];

    private static readonly string List = Repository.PathOf("Lyra.Tests", "Census", "Recursions.txt");

    [Fact]
    public void Every_cycle_of_calls_is_listed_with_what_bounds_it()
    {
        string[] actual =
        [
            .. Libraries.SelectMany(name => CallGraph.CyclesOf(Assembly.Load(name)).Select(cycle => $"{name}: {cycle}")),
        ];

        Rows().Select(row => row[..row.IndexOf(" | ", StringComparison.Ordinal)]).ShouldBe(
            actual, $"{Repository.NameOf(List)} lists exactly these; make the walk iterative, or say what bounds its depth");
    }

    [Fact]
    public void Every_row_has_a_bound() => Rows().ShouldAllBe(row => row.EndsWith('.') && row.Contains(" | "));

    private static string[] Rows() => [.. File.ReadLines(List).Where(static line => line.StartsWith("Lyra.", StringComparison.Ordinal))];
}

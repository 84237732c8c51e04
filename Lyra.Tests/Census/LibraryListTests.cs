using System.Collections.Generic;
using System.Linq;
using Lyra.Generate.Files;
using Lyra.Generate.Sources;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The lists of the specification, which are read from the sources, have the rows of the library's table.</summary>
public sealed class LibraryListTests
{
    private static readonly Dictionary<string, string[]> Lists =
        LibraryLists.Read(new SourceRepository(Repository.Root)).ToDictionary(list => list.Section, list => list.Members);

    private const string Sequences = "methods of sequences";

    [Fact]
    public void Every_part_of_the_library_has_a_list() =>
        Lists.Keys.ShouldBe(
            [
                "builtins",
                Sequences,
                .. LibraryTable.KindsWithMethods.Select(kind => $"methods of {KindInfo.Of(kind).Name}"),
                .. LibraryTable.ModuleNames.Except(["str"]).Select(name => $"module {name}"), // those are the methods of str
            ],
            ignoreOrder: true);

    [Fact]
    public void Builtins_are_those_of_the_table() =>
        Lists["builtins"].ShouldBe(LibraryTable.AllBuiltins().Select(row => row.Signature));

    [Fact]
    public void Methods_are_those_of_the_table()
    {
        foreach (ValueKind kind in LibraryTable.KindsWithMethods)
        {
            string name = KindInfo.Of(kind).Name;
            string[] own = Lists[$"methods of {name}"];
            string[] rows = [.. LibraryTable.AllMethods(kind).Select(row => row.SignatureBehind(1))];
            rows[..own.Length].ShouldBe(own, name);
            Lists[Sequences].Where(rows[own.Length..].Contains).ShouldBe(rows[own.Length..], name);
        }
    }

    [Fact]
    public void Members_of_modules_are_those_of_the_table()
    {
        foreach (string name in LibraryTable.ModuleNames.Except(["str"]))
        {
            LibraryTable.TryFindModule(name, out LibraryModule? module).ShouldBeTrue();
            string[] constants = [.. Lists[$"module {name}"].Where(member => !member.EndsWith(')'))];
            constants.Where(constant => !module!.TryFindConstant(constant, out _)).ShouldBeEmpty();
            constants.Length.ShouldBe(module!.Instantiate().Slots.Length - module.Procs().Count(), name);
            Lists[$"module {name}"].Except(constants).ShouldBe(module.Procs().Select(row => row.Signature), name);
        }
    }
}

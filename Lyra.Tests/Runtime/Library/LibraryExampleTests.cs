using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

/// <summary>Runs the examples; every row of the library must have one.</summary>
public sealed class LibraryExampleTests
{
    private static readonly Dictionary<string, Example[]> Groups = new()
    {
        ["builtins"] = BuiltinExamples.All,
        ["methods"] = MethodExamples.All,
        ["str"] = StrExamples.All,
        ["math"] = ModuleExamples.Math,
        ["bits"] = ModuleExamples.Bits,
        ["simd"] = ModuleExamples.Simd,
        ["json"] = ModuleExamples.Json,
        ["regex"] = ModuleExamples.Regex,
        ["other modules"] = ModuleExamples.Others,
        ["encoding"] = TextModuleExamples.Encodings,
        ["digest"] = TextModuleExamples.Digests,
        ["csv"] = TextModuleExamples.Csv,
        ["path"] = TextModuleExamples.Paths,
        ["text"] = TextModuleExamples.Texts,
        ["stats"] = TextModuleExamples.Stats,
        ["test"] = TextModuleExamples.Tests,
        ["date"] = TextModuleExamples.Dates,
    };

    public static TheoryData<string, int, string> Examples()
    {
        TheoryData<string, int, string> data = [];
        foreach ((string group, Example[] examples) in Groups)
        {
            for (int i = 0; i < examples.Length; i++)
            {
                data.Add(group, i, examples[i].Name);
            }
        }

        return data;
    }

    /// <summary>Long strs are encoded in pieces, none of which ends within a pair of surrogates.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_long_str_is_encoded_as_in_dotnet(int offset)
    {
        string text = new string('x', offset) + string.Concat(Enumerable.Repeat("é\U0001F600x", Pieces.Bytes / 2));

        BytesObject encoded = LibraryCalls.Call(new BareContext(), "bytes", text).Ref.ShouldBeOfType<BytesObject>();

        encoded.Items.ShouldBe(Encoding.UTF8.GetBytes(text));
        Value decoded = LibraryCalls.Call(new BareContext(), "bytes.text", Value.FromObject(encoded));
        decoded.Ref.ShouldBeOfType<ScriptString>().Text.ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Returns_the_value_of_the_example(string group, int index, string name)
    {
        Example example = Groups[group][index];
        example.Name.ShouldBe(name);
        BareContext context = new();
        object?[] arguments = (object?[])example.Arguments.Clone();
        if (arguments.Length > 0 && example.After is not null)
        {
            arguments[0] = LibraryCalls.ToValue(context, arguments[0]);
        }

        LibraryCalls.Show(context, example.Name, arguments).ShouldBe(example.Expected);
        if (example.After is not null)
        {
            Formatting.ToLiteral(context, (Value)arguments[0]!).ShouldBe(example.After);
        }

        if (example.Output is not null)
        {
            context.Output.ToString().ShouldBe(example.Output);
        }
    }

    [Fact]
    public void Every_row_has_an_example_or_a_test_of_its_own()
    {
        // Those that are written in Lyra are tested by conformance cases and by PreludeTests.
        HashSet<string> scripted =
        [
            .. LibraryTable.KindsWithMethods.SelectMany(LibraryTable.AllMethods)
                .Concat(LibraryTable.ModuleNames.SelectMany(n => Module(n).Procs()))
                .Where(r => r.Has(IntrinsicTraits.Scripted))
                .Select(r => r.QualifiedName),
        ];
        HashSet<string> covered = [.. Groups.Values.SelectMany(g => g).Select(e => e.Name)];
        covered.UnionWith(BuiltinExamples.TestedElsewhere);
        covered.UnionWith(ModuleExamples.TestedElsewhere);
        string[] rows =
        [
            .. LibraryTable.AllBuiltins().Select(r => r.QualifiedName),
            .. LibraryTable.KindsWithMethods.SelectMany(LibraryTable.AllMethods).Select(r => r.QualifiedName),
            .. LibraryTable.ModuleNames.SelectMany(n => Module(n).Procs()).Select(r => r.QualifiedName),
        ];
        rows.Where(r => !covered.Contains(r) && !scripted.Contains(r) && !IsShared(r, covered)).ShouldBeEmpty();
        covered.Where(c => !rows.Contains(c) && LibraryTable.FindBuiltin(c[(c.IndexOf('.') + 1)..]) is null).ShouldBeEmpty();
    }

    /// <summary>Whether a method is one that all sequences share, of which an example with a list is enough.</summary>
    private static bool IsShared(string row, HashSet<string> covered)
    {
        string method = row[(row.IndexOf('.') + 1)..];
        return covered.Contains("list." + method)
            && LibraryTable.FindMethod(ValueKind.List, method)!.Signature == LibraryTable.FindMethod(ValueKind.Set, method)?.Signature;
    }

    private static LibraryModule Module(string name)
    {
        LibraryTable.TryFindModule(name, out LibraryModule? module).ShouldBeTrue();
        return module!;
    }
}

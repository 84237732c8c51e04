using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;
using Error = Microsoft.CodeAnalysis.Diagnostic;
using Severity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Lyra.Tests.Tools.Generators;

/// <summary>The source generator by itself: its errors, and that what it writes compiles without warnings and works.</summary>
public sealed class LyraTypeGeneratorTests
{
    private const string Unpassable = "its parameter `x` is passed by reference, or is a span or pointer";

    private const string Usings = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Lyra;

        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "Lyra.Runtime.dll" or "Lyra.Interpreter.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("[LyraType] public class A { }", "A")]
    [InlineData("public class B { [LyraType] public partial class A { } }", "A")]
    public void A_type_and_those_around_it_must_be_partial(string source, string type) => ErrorIn(source).ShouldBe(
        ("LYRAG001", $"The type `{type}` and the types around it must be partial, so that accessors can be added"));

    [Theory]
    [InlineData("public partial class B { [LyraType] private partial class A { } }")]
    [InlineData("public partial class B { [LyraType] protected partial class A { } }")]
    [InlineData("public partial class B { private partial class C { [LyraType] public partial class A { } } }")]
    public void A_type_must_be_visible_in_its_assembly(string source) => ErrorIn(source).ShouldBe(
        ("LYRAG002", "The type `A` must be visible in its whole assembly: make it internal or public"));

    [Theory]
    [InlineData("[LyraType] public partial class A<T> { }")]
    [InlineData("public partial class B<T> { [LyraType] public partial class A { } }")]
    public void A_type_can_not_be_generic(string source) => ErrorIn(source).ShouldBe(
        ("LYRAG003", "The type `A` is generic; mark a class that derives from one instance of it"));

    [Theory]
    [InlineData("public void F<T>(T x) { }", "A.F<T>(T)", "it is generic")]
    [InlineData("public ref int F(int[] x) => ref x[0];", "A.F(int[])", "it returns a reference or a span")]
    [InlineData("public ReadOnlySpan<int> F() => default;", "A.F()", "it returns a reference or a span")]
    [InlineData("public void F(ref int x) { }", "A.F(ref int)", Unpassable)]
    [InlineData("public void F(out int x) => x = 0;", "A.F(out int)", Unpassable)]
    [InlineData("public void F(Span<int> x) { }", "A.F(System.Span<int>)", Unpassable)]
    [InlineData("public unsafe void F(int* x) { }", "A.F(int*)", Unpassable)]
    public void A_member_that_scripts_can_not_use_is_an_error(string member, string name, string why) =>
        ErrorIn($"[LyraType] public partial class A {{ [LyraMember] {member} }}")
            .ShouldBe(("LYRAG004", $"Scripts can't use `{name}`: {why}"));

    [Fact]
    public void An_error_is_at_the_member()
    {
        const string Source = "[LyraType]\npublic partial class A\n{\n    [LyraMember]\n    public void F<T>() { }\n}";
        Error error = Generate(Source, out _).ShouldHaveSingleItem();
        error.Severity.ShouldBe(Severity.Error);
        error.Location.SourceTree!.GetText().ToString(error.Location.SourceSpan).ShouldBe("F");
    }

    [Fact]
    public void A_class_without_marks_gets_no_code()
    {
        Generate("public class A { public int X { get; set; } }", out Compilation compiled).ShouldBeEmpty();
        compiled.SyntaxTrees.Count().ShouldBe(1);
    }

    /// <summary>Every construct that docs/host-objects.md names.</summary>
    [Fact]
    public void The_code_for_all_constructs_compiles_without_warnings_and_works()
    {
        Generate(
            """
            namespace Shop
            {
                [LyraType("Purchase")]
                public partial class Order : Base, IOrder
                {
                    private readonly List<string> _lines = [];
                    [LyraConstructor] public Order(string id) { Id = id; }
                    [LyraConstructor] internal Order(string id, double total = 1.5, params string[] lines)
                        : this(id) { Total = total; _lines.AddRange(lines); }
                    [LyraMember] public string Id { get; init; } = "";
                    [LyraMember] public double Total { get; set; }
                    [LyraMember] public string? Note { get; private set; }
                    [LyraMember] public readonly int Version = 3;
                    [LyraMember] internal long Counter;
                    [LyraMember] public const string Kind = "order";
                    [LyraMember] public static int Made { get; set; }
                    [LyraMember] public DayOfWeek Day { get; set; }
                    [LyraMember] public int? Limit { get; set; }
                    [LyraMember] public (int Low, int High) Range { get; set; }
                    [LyraMember] public IReadOnlyList<string> Lines => _lines;
                    [LyraMember("add")] public void AddLine(string sku, int count = 1)
                    { _lines.Add(sku + count); Changed?.Invoke(this); }
                    [LyraMember("add")] public void AddLine(
                        int @class, string text = "a\"\\\n", char unit = '\'', double rate = double.NaN, DayOfWeek day = DayOfWeek.Friday)
                        => _lines.Add(text);
                    [LyraMember] public async Task<bool> SubmitAsync(CancellationToken token)
                    { await Task.Yield(); return !token.IsCancellationRequested; }
                    [LyraMember] public ValueTask<int> Count() => new(_lines.Count);
                    [LyraMember] public int Sum(params int[] values) => values.Length;
                    [LyraMember] public void Each(Action<string>? visit = null, decimal price = 1.50m)
                    { foreach (string line in _lines) { visit?.Invoke(line); } }
                    [LyraMember] public static Order Parse(string text) => new(text);
                    [LyraMember] public event Action<Order>? Changed;
                    [LyraMember] public string this[int line] { get => _lines[line]; set => _lines[line] = value; }
                    [LyraMember] public override string ToString() => "order " + Id;
                    [LyraMember] public override int Size() => 2;
                    [LyraOperator] public static Order operator +(Order a, Order b) => new(a.Id + b.Id);
                    [LyraOperator] public static Order operator -(Order a) => new("-" + a.Id);
                    [LyraOperator] public static bool operator <(Order a, Order b) => a.Total < b.Total;
                    public static bool operator >(Order a, Order b) => a.Total > b.Total;
                    [LyraMember, Obsolete] public int Old() => 1;
                }

                public abstract class Base
                {
                    [LyraMember] public int Rank { get; set; } = 7;
                    [LyraMember] public abstract int Size();
                }

                [LyraType] public partial interface IOrder { [LyraMember] double Total { get; } }
                public partial class Outer
                {
                    [LyraType] internal partial struct Point(int x) { [LyraMember] public int X = x; [LyraMember] public int Y => X; }
                }
                [LyraType] public partial record Person([property: LyraMember] string Name);
            }
            [LyraType] public partial class Order { [LyraMember] public int @event; }

            public static class Host
            {
                public static string Run()
                {
                    using LyraEngine engine = new();
                    engine.DefineType<Shop.Order>();
                    engine.DefineType<Shop.IOrder>();
                    engine.DefineType<Shop.Outer.Point>();
                    engine.DefineType<Shop.Person>();
                    engine.DefineType<Order>();
                    engine.Define("person", new Shop.Person("Ann"));
                    return engine.Run(
                        "let o = Purchase(\"A\", 2.5, \"x\"); o.add(\"b\"); o.add(1);"
                        + "[o.total, o.rank, o.size(), o[0], o.version, tostring(-o), Purchase.kind, person.name, o.sum(1, 2)]").ToString();
                }
            }
            """,
            out Compilation compiled).ShouldBeEmpty();
        compiled.GetDiagnostics().Where(static d => d.Severity >= Severity.Warning)
            .Select(static d => d.ToString()).ShouldBeEmpty();
        using MemoryStream image = new();
        compiled.Emit(image).Success.ShouldBeTrue();
        Assembly assembly = Assembly.Load(image.ToArray());
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        assembly.GetType("Host")!.GetMethod("Run")!.Invoke(null, null)
            .ShouldBe("[2.5, 7, 2, \"x\", 3, \"order -A\", \"order\", \"Ann\", 2]");
    }

    /// <summary>The code and message of the only error.</summary>
    private static (string Id, string Message) ErrorIn(string source)
    {
        Error error = Generate(source, out _).ShouldHaveSingleItem();
        return (error.Id, error.GetMessage(null));
    }

    private static ImmutableArray<Error> Generate(string source, out Compilation compiled)
    {
        CSharpParseOptions options = new(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(Usings + source, options)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new LyraTypeGenerator().AsSourceGenerator()], parseOptions: options);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out compiled, out ImmutableArray<Error> errors);
        return errors;
    }
}

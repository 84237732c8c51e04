using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>
/// Two heaps have the same digest exactly if a script cannot distinguish them. The comparison of two heaps reports the first difference.
/// </summary>
public sealed class HeapDigestTests
{
    /// <summary>Pairs of programs whose heaps a script cannot distinguish.</summary>
    public static TheoryData<string, string> Same() => new()
    {
        { "var a = [1, 2, 3]", "var a = []\nfor i in 1..=3 { a.push(i) }" },
        { "var a = \"abcd\"", "var a = \"ab\"\na += \"cd\"" },
        { "var a = 100000000000000000000", "var a = 10 ** 20" },
        { "var a = 0.0 / 0.0", "var a = -(0.0 / 0.0)" },
        { "var a = {\"x\": 1, \"y\": 2}", "var a = {\"x\": 5}\na[\"y\"] = 2\na[\"x\"] = 1" },
        { "var a = [1, \"s\"]\na.pop()", "var a = [1]" },
        { "var a = set([1, 2, 3])\na.remove(2)", "var a = set([1, 3])" },
        { "let a = 1\nlet b = 2", "let b = 2\nlet a = 1" },
    };

    /// <summary>Pairs of programs whose heaps differ, with the position of the first difference.</summary>
    public static TheoryData<string, string, string> Different() => new()
    {
        { "var a = 1", "var a = 1.0", "a" },
        { "var a = 0.0", "var a = -0.0", "a" },
        { "var a = 1", "var a = true", "a" },
        { "var a = nil", "var a = false", "a" },
        { "var a = \"1\"", "var a = 1", "a" },
        { "var a = [1, 2]", "var a = (1, 2)", "a" },
        { "var a = [1, [2, 3]]", "var a = [1, [2, 4]]", "a[1][1]" },
        { "var a = [1, 2]", "var a = [1, 2, 3]", "a" },
        { "var a = {\"x\": 1, \"y\": 2}", "var a = {\"y\": 2, \"x\": 1}", "a.key" },
        { "var a = {\"x\": 1}", "var a = {\"x\": 2}", "a.x" },
        { "var a = set([1, 2])", "var a = set([2, 1])", "a[0]" },
        { "var a: [int] = [1]", "var a = [1]", "a" },
        { "var a = bytes([1, 2])", "var a = bytes([1, 3])", "a" },
        { "var a = 0..3", "var a = 0..=3", "a" },
        { "var b = [1]\nvar a = [b, b]", "var b = [1]\nvar a = [b, [1]]", "a[1]" },
        { "var a = [1]\na.push(a)", "var a = [1]\na.push([1])", "a[1]" },
        { "struct P { x, y }\nvar a = P(1, 2)", "struct P { x, y }\nvar a = P(1, 3)", "a.y" },
        { "proc f() { var n = 1; return () => { n += 1; return n } }\nvar a = f()\nnil",
            "proc f() { var n = 1; return () => { n += 1; return n } }\nvar a = f()\na()\nnil", "a.n.value" },
        { "proc g() { yield 1; yield 2 }\nvar a = g()\nlet b = 1\nnil", "proc g() { yield 1; yield 2 }\nvar a = g()\nlet b = next(a)\nnil",
            "a" },
        { "proc g() { for i in 2 ** 70..2 ** 71 { yield i } }\nvar a = g()\nlet b = next(a)\nnil",
            "proc g() { for i in 2 ** 70..=2 ** 71 { yield i } }\nvar a = g()\nlet b = next(a)\nnil", "a[1]" },
        { "var a = [].push", "var a = [1].push", "a.receiver" },
        { "var a = error(\"K\", \"m\")", "var a = error(\"K\", \"n\")", "a" },
        { "var a = chan(2)\na.send(1)", "var a = chan(2)\na.send(2)", "a[0]" },
        { "1", "2", "(result)" },
        { "import random\nrandom.seed(1)", "import random\nrandom.seed(2)", "(random)" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void Heaps_that_a_script_cannot_distinguish_have_the_same_digest(string first, string second)
    {
        (IReadOnlyList<HeapPart> a, IReadOnlyList<HeapPart> b) = (RootsOf(first + "\nnil"), RootsOf(second + "\nnil"));

        HeapDifference.Find(a, b).ShouldBeNull();
        HeapDigest.Of(a).ShouldBe(HeapDigest.Of(b));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void Heaps_that_a_script_can_distinguish_have_different_digests_and_the_difference_is_found(string first, string second,
        string place)
    {
        (IReadOnlyList<HeapPart> a, IReadOnlyList<HeapPart> b) = (RootsOf(first), RootsOf(second));

        HeapDigest.Of(a).ShouldNotBe(HeapDigest.Of(b));
        HeapDifference found = HeapDifference.Find(a, b).ShouldNotBeNull();
        found.Place.ShouldBe(place);
        found.First.ShouldNotBe(found.Second);
    }

    [Fact]
    public void Sequences_of_the_host_are_described_by_their_states()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        engine.Define("new", Enumerable.Range(0, 3).Where(static n => n >= 0));
        engine.Define("ended", Enumerable.Range(0, 3).Where(static n => n >= 0));
        engine.Run("for x in ended { }");
        HeapContent content = new();

        HeadOf("new").ShouldBe("Iterator iterator");
        HeadOf("ended").ShouldBe("Iterator iterator at its end");
        HostCollections.TryWrap(new Dictionary<string, int>(), out Value map).ShouldBeTrue();
        content.Read(((HostMap)map.Ref!).Iterate(new BareContext()));
        content.Head.ShouldBe("Iterator iterator");
        content.Parts.ShouldBe([new HeapPart(null, 0, map)]);

        string HeadOf(string name)
        {
            content.Read((ScriptObject)engine.Run(name).Raw.Ref!);
            return content.Head;
        }
    }

    [Fact]
    public void Objects_that_scripts_do_not_see_are_described_by_their_references()
    {
        BareContext context = new();
        Matcher matcher = new(context);
        matcher.Begin(CompiledPattern.Create(context, "(a)"), "a");
        ScriptObject[] objects =
        [
            matcher, new PatternMemory(context), new TextUnderConstruction(new StringBuilder("text")), new CopyUnderConstruction(),
        ];
        HeapContent content = new();
        List<string> heads = [];
        foreach (ScriptObject o in objects)
        {
            content.Read(o);
            heads.Add($"{content.Head} {content.Parts.Count}");
        }

        heads.ShouldBe(["Host matcher 0", "Host pattern 0", "Host text under construction 0", "Host copy under construction 0"]);
    }

    [Fact]
    public void A_heap_of_any_depth_and_with_cycles_is_walked()
    {
        const string source = "var a = nil\nfor i in 0..200_000 { a = [a, i] }\nvar b = [a]\nb.push(b)";

        HeapDigest.Of(RootsOf(source)).ShouldBe(HeapDigest.Of(RootsOf(source)));
        HeapDifference.Find(RootsOf(source), RootsOf(source + "\nb.push(1)")).ShouldNotBeNull().Place.ShouldBe("b");
    }

    [Fact]
    public void Dead_registers_do_not_count()
    {
        const string rest = "\n  yield 1\n  yield 2\n}\nvar it = g()\nnext(it)";

        IReadOnlyList<HeapPart> plain = RootsOf("proc g() {\n  var dead = 5" + rest);
        HeapDigest.Of(plain).ShouldBe(HeapDigest.Of(RootsOf("proc g() {\n  var dead = 6" + rest)));
    }

    [Fact]
    public void Every_kind_of_object_is_known()
    {
        // Types that are compared only by their references, because scripts do not see their content.
        Type[] byReferenceOnly = [typeof(TextUnderConstruction), typeof(CopyUnderConstruction), typeof(Matcher), typeof(PatternMemory)];
        string source = System.IO.File.ReadAllText(Repository.PathOf("Lyra.Runtime", "Objects", "Heap", "HeapContent.cs"));

        Type[] unknown = [.. typeof(ScriptObject).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ScriptObject)) && !type.IsAbstract)
            .Where(type => !type.IsSubclassOf(typeof(StructObject)) && !type.IsSubclassOf(typeof(TupleObject)))
            .Where(type => !IsOfHost(type))
            .Where(type => !source.Contains($"{type.Name.Split('`')[0]} ", StringComparison.Ordinal))];
        unknown.ShouldBe(byReferenceOnly, ignoreOrder: true);
    }

    /// <summary>
    /// Whether it is a collection or an enum of the host, or iterates over a collection: all are handled alike, by their base class.
    /// </summary>
    private static bool IsOfHost(Type type) => type.IsSubclassOf(typeof(HostCollection)) || type.IsSubclassOf(typeof(EnumType))
        || (type.IsSubclassOf(typeof(ScriptIterator)) && type.Namespace == typeof(LyraListView).Namespace);

    private static IReadOnlyList<HeapPart> RootsOf(string source)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        LyraValue result = engine.Run(source);
        return engine.HeapRoots(result.Raw);
    }
}

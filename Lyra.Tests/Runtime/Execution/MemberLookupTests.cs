using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Execution;

public class MemberLookupTests
{
    private readonly HashInlineCache _cache = new();
    private readonly MemberLookup _lookup;
    private readonly LinkedPrototype _main = new ModuleInstance("m", SampleModules.ParseEverything()).Main!;

    public MemberLookupTests() => _lookup = new MemberLookup(_cache);

    [Fact]
    public void A_module_exports_its_public_variables()
    {
        DictionaryModuleLoader loader = new(new Dictionary<string, string> { ["m"] = "pub let x = 1\nlet y = 2\npub proc f() { }" });
        using LyraEngine engine = new(new LyraOptions { ModuleLoader = loader });
        ModuleInstance module = engine.Run("import m\nm").Raw.Ref.ShouldBeOfType<ModuleInstance>();

        module.Exports.Keys.ShouldBe(["x", "f"], ignoreOrder: true);
        module.Slots[module.Exports["x"]].AsInt.ShouldBe(1);
    }

    [Fact]
    public void A_field_fills_the_site_with_its_index_and_annotation()
    {
        Shape shape = NewShape(2_000);
        InlineCache site = new("x");
        _lookup.Resolve(site, shape).ShouldBe(new Member(0, null));
        site.ShapeTag.ShouldBe(2_000);
        site.Index.ShouldBe(0);
        site.FieldTag.ShouldBe(Tag.Unset, "a list is checked by the annotation");
        _lookup.Resolve(new InlineCache("y"), shape).Index.ShouldBe(1);
    }

    [Fact]
    public void A_method_fills_the_site_with_its_closure()
    {
        Shape shape = NewShape(2_000);
        InlineCache site = new("length");
        Member member = _lookup.Resolve(site, shape);
        member.IsMethod.ShouldBeTrue();
        member.Method.ShouldBeSameAs(shape.FindMethod("length"));
        site.Method.ShouldBeSameAs(member.Method);
        site.Index.ShouldBe(-1);
    }

    [Fact]
    public void A_missing_member_does_not_change_the_site()
    {
        InlineCache site = new("origin");
        _lookup.Resolve(site, NewShape(2_000)).IsMissing.ShouldBeTrue();
        site.ShapeTag.ShouldBe(-1);
        _lookup.Resolve(new InlineCache("nothing"), NewShape(2_001)).IsMissing.ShouldBeTrue();
    }

    [Fact]
    public void Sites_of_one_name_share_their_answers()
    {
        Shape shape = NewShape(2_000);
        _lookup.Resolve(new InlineCache("y"), shape);
        _lookup.Resolve(new InlineCache("y"), shape).Index.ShouldBe(1);
        _lookup.Resolve(new InlineCache("y"), shape).Index.ShouldBe(1);
        _cache.Statistics.Hits.ShouldBe(2);
        _cache.Statistics.Misses.ShouldBe(1);
    }

    [Fact]
    public void Shapes_of_one_name_do_not_share()
    {
        Shape first = NewShape(2_000);
        Shape second = NewShape(2_001);
        InlineCache site = new("length");
        _lookup.Resolve(site, first);
        _lookup.Resolve(site, second).Method.ShouldBeSameAs(second.FindMethod("length"));
        site.ShapeTag.ShouldBe(2_001);
    }

    [Fact]
    public void A_megamorphic_site_keeps_the_entry_it_has()
    {
        InlineCache site = new("y");
        for (int i = 0; i < 64; i++)
        {
            _lookup.Resolve(site, NewShape(2_000 + i));
        }

        site.ShapeTag.ShouldBe(2_063);
        _lookup.Resolve(site, NewShape(3_000)).Index.ShouldBe(1);
        site.ShapeTag.ShouldBe(2_063);
        site.Misses.ShouldBe(65);
    }

    private Shape NewShape(int id) => new(_main.Prototype.Structs[0], _main, id);
}

using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Objects;

/// <summary>What a shape learns about its fields.</summary>
public sealed class ShapeTests
{
    private readonly Shape _shape = TestShapes.Create("P", ["x", "y"]);

    [Fact]
    public void Its_procs_are_methods_if_their_first_parameter_is_self()
    {
        using LyraEngine engine = new();
        LyraValue type = engine.Run(
            """
            struct P {
                x
                proc get(self) { return self.x }
                proc origin() { return P(0) }
                proc of(x) { return P(x) }
            }
            P
            """);
        Shape shape = type.Raw.Ref.ShouldBeOfType<Shape>();

        shape.MethodNames.ShouldBe(["get"]);
        shape.StaticNames.ShouldBe(["origin", "of"], ignoreOrder: true);
    }

    [Fact]
    public void The_first_value_of_a_field_gives_its_tag()
    {
        _shape.TagOf(0).ShouldBe(Tag.Unset);
        _shape.NoteStore(0, Value.FromInt(1));
        _shape.NoteStore(1, Value.FromFloat(1.5));

        _shape.TagOf(0).ShouldBe(Tag.Int);
        _shape.TagOf(1).ShouldBe(Tag.Float);
        _shape.FieldVersion.ShouldBe(2);
    }

    [Fact]
    public void Values_of_the_same_kind_change_nothing()
    {
        _shape.NoteStore(0, Value.True);
        _shape.NoteStore(0, Value.False);

        _shape.TagOf(0).ShouldBe(Tag.Bool);
        _shape.FieldVersion.ShouldBe(1);
    }

    [Fact]
    public void A_value_of_another_kind_ends_the_tag_for_good()
    {
        _shape.NoteStore(0, Value.FromInt(1));
        _shape.NoteStore(0, Value.Nil);
        _shape.NoteStore(0, Value.FromInt(2));

        _shape.TagOf(0).ShouldBeNull();
        _shape.FieldVersion.ShouldBe(2);
    }

    [Fact]
    public void Objects_and_nil_have_no_tag()
    {
        _shape.NoteStore(0, Value.Nil);
        _shape.NoteStore(1, Value.FromObject(ScriptString.From("text")));

        _shape.TagOf(0).ShouldBeNull();
        _shape.TagOf(1).ShouldBeNull();
    }
}

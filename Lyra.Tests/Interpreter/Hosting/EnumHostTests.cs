using System;
using System.Collections.Generic;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Values of enums as hosts see them, and enums in the inputs of a session.</summary>
public sealed class EnumHostTests
{
    private const string Source = """
        enum Shape {
            Circle(radius: float)
            Rect(w: int, h: int)
            Empty
            proc area(self) { return match self { Circle{radius} => radius, Rect(w, h) => w * h, Empty => 0 } }
        }
        """;

    [Fact]
    public void Members_are_those_of_the_script()
    {
        using LyraEngine engine = new();
        LyraValue rect = engine.Run(Source + "\nShape.Rect(2, 3)");

        rect["w"].ShouldBe(2);
        rect["name"].ShouldBe("Rect");
        rect["ordinal"].ShouldBe(1);
        rect.CallMethod("area").ShouldBe(6);
        rect.ToString().ShouldBe("Shape.Rect(w: 2, h: 3)");
        engine.Run("Shape.Empty")["name"].ShouldBe("Empty");
        Should.Throw<KeyNotFoundException>(() => rect["radius"]);
    }

    [Fact]
    public void A_host_cannot_change_a_value()
    {
        using LyraEngine engine = new();
        LyraValue rect = engine.Run(Source + "\nShape.Rect(2, 3)");

        Should.Throw<LyraException>(() => rect["w"] = 4).Kind.ShouldBe("FieldError");
        Should.Throw<LyraException>(() => rect["name"] = "x").Kind.ShouldBe("FieldError");
        rect.ToString().ShouldBe("Shape.Rect(w: 2, h: 3)");
    }

    [Fact]
    public void A_copy_in_another_engine_is_of_its_enum()
    {
        using LyraEngine engine = new();
        LyraValue values = engine.Run(Source + "\n[Shape.Rect(2, 3), Shape.Empty, Shape.Empty]");
        using LyraEngine other = new();
        other.Run(Source);
        other.Globals["values"] = values.CopyTo(other);

        LyraValue tests = other.Run("[values[0] == Shape.Rect(2, 3), values[1] is Shape.Empty, values[0] is Shape]");
        tests.ToString().ShouldBe("[true, true, true]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("struct Shape { w, h }")]
    [InlineData("enum Shape { Circle(radius), Rect(w, height), Empty }")]
    [InlineData("enum Shape { Rect(w, h), Circle(radius), Empty }")]
    public void A_copy_needs_the_same_enum(string declaration)
    {
        using LyraEngine engine = new();
        LyraValue rect = engine.Run(Source + "\nShape.Rect(2, 3)");
        using LyraEngine other = new();
        other.Run(declaration);

        Should.Throw<ArgumentException>(() => rect.CopyTo(other)).Message.ShouldContain("Shape");
    }

    [Fact]
    public void Later_inputs_of_a_session_use_the_enum()
    {
        using LyraEngine engine = new();
        LyraSession session = new(engine);
        session.Run(Source);
        session.Run("let s = Shape.Rect(2, 3)");

        session.Run("match s { Shape.Rect(w, h) => w + h, Shape.Empty => 0, _ => -1 }").ShouldBe(5);
        session.Run("proc f(x: Shape) { return match x { Rect(w: w, ...) => w, Circle(r) => r, Empty => \"e\" } }");
        session.Run("[f(s), f(Shape.Empty), f(Shape.Circle(1.5))]").ToString().ShouldBe("[2, \"e\", 1.5]");
        LyraException error = Should.Throw<LyraException>(() => session.Run("match s { Shape.Rect(w) => w }"));
        error.Kind.ShouldBe("FieldError");
        error.Message.ShouldContain("has 2 fields, and the pattern names 1");
    }
}

using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Execution;

/// <summary>Members of maps, whose places in the code keep where the last map had the key.</summary>
public sealed class MapMemberTests
{
    [Fact]
    public void A_place_sees_maps_of_several_shapes_and_tables() => Scripts.Run("""
        let maps = [{"a": 1, "b": 2}, {"b": 3, "a": 4}, {"a": 5}, {1: 2, "a": 6}, {"x": 1, "y": 2, "z": 3, "v": 4, "w": 5, "a": 7}]
        proc read(m) { return m.a }
        proc write(m, v) { m.a = v }
        for k in 0..3 {
            print([read(m) for m in maps])
            for i, m in maps { write(m, read(m) + i) }
        }
        """).ShouldBe("[1, 4, 5, 6, 7]\n[1, 5, 7, 9, 11]\n[1, 6, 9, 12, 15]\n");

    [Fact]
    public void A_key_that_comes_and_goes_is_found_where_it_is() => Scripts.Run("""
        proc read(m) {
            try { return m.b } catch e { return e.kind }
        }
        let m = {"a": 1, "b": 2}
        print(read(m))
        m.remove("b")
        print(read(m))
        m.c = 3
        m.b = 4
        print(read(m), m)
        m.remove("a")
        print(read(m))
        m.clear()
        print(read(m))
        m.b = 5
        print(read(m))
        """).ShouldBe("2\nFieldError\n4 {\"a\": 1, \"c\": 3, \"b\": 4}\n4\nFieldError\n5\n");

    [Fact]
    public void A_place_that_has_stored_still_checks_annotations_and_frozen_maps() => Scripts.Run("""
        proc write(m, v) {
            try { m.a = v } catch e { return e.kind }
            return m.a
        }
        let typed: {str: int} = {"a": 1}
        for m in [{"a": 1}, typed, frozen, {"a": 2}] { print(write(m, 5), write(m, "x")) }
        """,
        prepare: engine => engine.Globals["frozen"] = engine.Run("({\"a\": 1})").Freeze())
        .ShouldBe("5 x\n5 TypeError\nTypeError TypeError\n5 x\n");

    [Fact]
    public void A_name_of_a_method_is_read_as_a_key_and_never_stored() => Scripts.Run("""
        let m = {"keys": 1, "b": 2}
        for i in 0..3 {
            print(m.keys)
            try { m.keys = 5 } catch e { print(e.kind) }
        }
        """).ShouldBe("1\nFieldError\n1\nFieldError\n1\nFieldError\n");
}

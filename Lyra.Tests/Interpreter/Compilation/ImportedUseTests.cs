using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Interpreter.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Compilation;

/// <summary>Structs that use structs of other modules: what the compiler reports, and what the import does.</summary>
public sealed class ImportedUseTests
{
    private const string Entity = """
        pub struct Entity {
            id: int
            tag: str = "none"
            proc show(self) { return "${self.id} ${self.tag}" }
        }
        struct Hidden { x }
        pub enum Kind { A }
        pub struct Tagged { tag: int = 1; proc show(self) { return "tagged" } }
        pub struct Circular { use Circular }
        """;

    [Theory]
    [InlineData("struct S { use base.Hidden }", "LY1801")]
    [InlineData("struct S { use base.Nothing }", "LY1801")]
    [InlineData("struct S { use base.Kind }", "LY1801")]
    [InlineData("struct S { use base }", "LY1801")]
    [InlineData("import math\nstruct S { use math.pi }", "LY1801")]
    [InlineData("import \"none\" as none\nstruct S { use none.S }", "LY1801")]
    [InlineData("import \"broken\" as broken\nstruct S { use broken.S }", "LY1801")]
    [InlineData("struct S { use base.Entity; use base.Tagged }", "LY1803")]
    [InlineData("struct S { use base.Entity; tag: str = \"a\" + \"b\" }", "LY1806")]
    public void A_fault_is_reported(string source, string code)
    {
        using LyraEngine engine = NewEngine(new StringWriter());

        engine.Check("import \"base\" as base\n" + source).Select(static d => d.Code).ShouldContain(code);
    }

    [Theory]
    [InlineData("struct S { use base.Entity; tag: int = 1 }", "TypeError", "must have its annotation, `str`")]
    [InlineData("struct S { use base.Entity }\nS(\"x\")", "TypeError", "field id of S must be int, not str")]
    [InlineData("struct S { use base.Entity }\nlet s = S(1)\ns.id = nil", "TypeError", "field id of S must be int, not nil")]
    [InlineData("struct S { use base.Entity }\nS(...[])", "ArgumentError", "'id'")]
    [InlineData("struct S { use base.Circular }", "ImportError", "does not compile")]
    public void An_error_of_the_run_says_what_is_wrong(string source, string kind, string message)
    {
        using LyraEngine engine = NewEngine(new StringWriter());

        LyraException error = Should.Throw<LyraException>(() => engine.Run(
            (source.Contains("Circular") ? "import \"circular\" as base\n" : "import \"base\" as base\n") + source));

        error.Kind.ShouldBe(kind);
        error.Error.Message.ShouldContain(message);
    }

    /// <summary>The second struct gets the field from the first, whose closure has changed it to an upvalue.</summary>
    [Fact]
    public void Structs_that_come_with_the_same_field_share_it()
    {
        DictionaryModuleLoader modules = new(new Dictionary<string, string>
        {
            ["base"] = "pub struct Entity { id: int = 4 }",
            ["hero"] = "import { Entity } from \"base\"\npub struct Hero { use Entity; power: int = id * 2 }",
        });
        using LyraEngine engine = new(new LyraOptions { ModuleLoader = modules });

        engine.Run("""
            import { Entity } from "base"
            import { Hero } from "hero"
            struct S { use Entity; next = () => { id += 1; return id }; use Hero }
            let s = S(5)
            tostring([s.next(), s.next(), s.power, s.id, S().power, s is Hero, s is Entity])
            """).As<string>().ShouldBe("[6, 7, 10, 5, 8, true, true]");
    }

    [Fact]
    public void Before_the_import_there_are_no_instances()
    {
        using LyraEngine engine = NewEngine(new StringWriter());

        engine.Run("""
            proc make() { return S(1) }
            var before = ""
            try { make() } catch e { before = e.kind }
            import { Entity } from "base"
            struct S { use Entity }
            before + make().show()
            """).As<string>().ShouldBe("ValueError1 none");
    }

    [Fact]
    public void A_module_that_has_changed_since_is_noticed()
    {
        const string Source = "import { Entity } from \"base\"\nstruct S { use Entity }\nS(1).show()";
        LyraScript script = LyraScript.Compile(Source, moduleLoader: Loader(Entity));
        using LyraEngine same = NewEngine(new StringWriter());
        same.Run(script).As<string>().ShouldBe("1 none");
        using LyraEngine other = new(new LyraOptions { ModuleLoader = Loader("pub struct Entity { id: int; name: str }") });

        LyraException error = Should.Throw<LyraException>(() => other.Run(script));

        error.Error.Message.ShouldBe("the fields of struct Entity have changed since S was compiled; compile S again");
        Should.Throw<LyraCompileException>(() => LyraScript.Compile(Source)).Diagnostics[0].Code.ShouldBe("LY1801");
    }

    [Fact]
    public void A_saved_script_has_the_members()
    {
        MemoryStream saved = new();
        const string Source = "import { Entity } from \"base\"\nstruct S { use Entity; z = 2 }\ntostring(S(1, z: 3))";
        LyraScript.Compile(Source, moduleLoader: Loader(Entity)).Save(saved);
        saved.Position = 0;
        using LyraEngine engine = NewEngine(new StringWriter());

        engine.Run(LyraScript.Load(saved)).As<string>().ShouldBe("S{id: 1, tag: \"none\", z: 3}");
    }

    [Fact]
    public void Inputs_of_a_session_use_structs_of_earlier_ones()
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = NewEngine(output);
        LyraSession session = new(engine);
        session.Run("import { Entity } from \"base\"\nstruct Old { y = 5; proc twice(self) { return self.y * 2 } }");
        session.Run("struct S { use Entity; use Old; z = 1 }");
        session.Run("struct T { use S; w = 2 }\nlet t = T(7)");

        session.Run("print(t, t.show(), t.twice(), t is S, t is Old, t is Entity)");

        output.ToString().ShouldBe("T{id: 7, tag: \"none\", y: 5, z: 1, w: 2} 7 none 10 true true true\n");
    }

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Instances_are_made_as_those_of_any_struct(JitMode jit)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = NewEngine(output, jit);
        engine.Run("""
            import "base" as base
            struct S { use base.Entity; size: float = 2; twice = id * 2 }
            struct Plain { use base.Entity }
            proc hot(n) {
                var total = 0
                for i in 0..n {
                    let p = Plain(i, "x")
                    total += p.id + length(p.tag)
                    if p is base.Entity { total += 1 }
                    let s = S(i)
                    total += s.twice
                }
                return total
            }
            print(hot(3000), hot(3), S(1), S(2, "t", 5, 6))
            """);

        output.ToString().ShouldBe(
            "13501500 15 S{id: 1, tag: \"none\", size: 2.0, twice: 2} S{id: 2, tag: \"t\", size: 5.0, twice: 6}\n");
        (engine.Statistics.Jit.TracesCompiled > 0).ShouldBe(jit == JitMode.On);
    }

    private static LyraEngine NewEngine(StringWriter output, JitMode jit = JitMode.On) =>
        new(new LyraOptions { ModuleLoader = Loader(Entity), Output = output, Jit = jit, HotLoopThreshold = 50 });

    private static DictionaryModuleLoader Loader(string source) => new(new Dictionary<string, string>
    {
        ["base"] = source.Replace("pub struct Circular { use Circular }", "", StringComparison.Ordinal),
        ["circular"] = Entity,
        ["broken"] = "pub struct S { x",
    });
}

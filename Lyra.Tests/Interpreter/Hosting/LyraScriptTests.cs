using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Tests.Interpreter.Syntax;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

public sealed class LyraScriptTests
{
    [Fact]
    public void It_runs_in_many_engines()
    {
        LyraScript script = LyraScript.Compile("x * 2", "rules.lyra");
        script.FileName.ShouldBe("rules.lyra");
        for (int i = 0; i < 3; i++)
        {
            using LyraEngine engine = new();
            engine.Globals["x"] = i;
            engine.Run(script).As<int>().ShouldBe(2 * i);
            engine.Run(script).As<int>().ShouldBe(2 * i);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_optimization_level_changes_no_observable_behaviour(int level)
    {
        LyraScript script =
            LyraScript.Compile("proc f(n) { if n < 2 { return n }; return f(n - 1) + f(n - 2) }\nf(15)", optimizationLevel: level);
        using LyraEngine engine = new();
        engine.Run(script).As<int>().ShouldBe(610);
    }

    [Fact]
    public void A_level_out_of_range_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => LyraScript.Compile("1", optimizationLevel: 4));

    [Fact]
    public void Errors_are_thrown_with_all_diagnostics()
    {
        LyraCompileException e = Should.Throw<LyraCompileException>(() => LyraScript.Compile("let a = 1\na = 2\na = 3", "rules.lyra"));
        e.Diagnostics.Count.ShouldBe(2);
        e.Message.ShouldStartWith("rules.lyra:2:");
        e.Message.ShouldEndWith("(and 1 more error)");
    }

    [Fact]
    public void Warnings_are_kept_with_the_script()
    {
        LyraScript script = LyraScript.Compile("const LIMIT = 1\nmatch 2 { LIMIT => 1 }");
        script.Diagnostics.ShouldAllBe(d => d.Severity == DiagnosticSeverity.Warning);
        script.Diagnostics.Count.ShouldBe(1);
    }

    /// <summary>Reduced from programs of the fuzzer: loops whose bodies have nothing but jumps, and a table that no code uses.</summary>
    [Theory]
    [InlineData("for i in 0..3 { }\n7")]
    [InlineData("for i in 0..3 { if false { print(i) } }\n7")]
    [InlineData("for k in [1, 2] { continue }\nfor k, v in {1: 2} { try { } catch e { } }\n7")]
    [InlineData("proc p() { return 7 }\nif false { match p() { 1 => 1, 2 => 2, 3 => 3, 4 => 4, 5 => 5, 6 => 6, 7 => 7, 8 => 8 } }\n7")]
    [InlineData("proc f() { try { if true return [7] } catch e { print(e) } finally { }; return [1] }\nf()[0]")]
    [InlineData("proc f() { struct In { x }; return In(3).x }\nstruct Out { y }\nf() + Out(4).y")]
    [InlineData("proc f(v) { type T = int | str; struct In { x: T }; return In(v).x }\nproc g() { return f(3) }\ng() + 4")]
    [InlineData("type N = u8\ntype All = [All] | N\nvar n: N = 263\nlet l: All = [n]\nmatch l { x: All => x[0], _ => 0 }")]
    public void A_saved_script_runs_as_before(string source)
    {
        for (int level = 0; level <= 3; level++)
        {
            using MemoryStream stream = new();
            LyraScript.Compile(source, optimizationLevel: level).Save(stream);
            stream.Position = 0;
            using LyraEngine engine = new();

            engine.Run(LyraScript.Load(stream)).As<int>().ShouldBe(7);
        }
    }

    /// <summary>Reduced from a program of the fuzzer: the number of the last loop is that of no register.</summary>
    [Fact]
    public void A_saved_script_may_have_more_loops_than_registers()
    {
        using MemoryStream stream = new();
        string loops = string.Concat(Enumerable.Repeat("while n < 7 { n += 1 }\n", 40));
        LyraScript.Compile($"proc f(n) {{ {loops}return n }}\nf(0)").Save(stream);
        stream.Position = 0;
        using LyraEngine engine = new();

        engine.Run(LyraScript.Load(stream)).As<int>().ShouldBe(7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_conformance_case_loads_again_after_it_was_saved(int level)
    {
        List<string> refused = [];
        int count = 0;
        foreach (string file in SyntaxTestHelpers.ConformanceFiles())
        {
            try
            {
                using MemoryStream stream = new();
                LyraScript.Compile(File.ReadAllText(file), file, optimizationLevel: level).Save(stream);
                stream.Position = 0;
                LyraScript.Load(stream);
                count++;
            }
            catch (InvalidDataException e)
            {
                refused.Add($"{file}: {e.Message}");
            }
            catch (LyraCompileException)
            {
                // The case is about an error, or about a script that the host would have to complete.
            }
        }

        refused.ShouldBeEmpty();
        count.ShouldBeGreaterThan(250);
    }

    [Fact]
    public void A_saved_script_loads_again()
    {
        using MemoryStream stream = new();
        LyraScript.Compile("proc f(x) { return x + 1 }\nf(41)", "rules.lyra").Save(stream);
        stream.Position = 0;
        LyraScript again = LyraScript.Load(stream);
        again.FileName.ShouldBe("rules.lyra");
        using LyraEngine engine = new();
        engine.Run(again).As<int>().ShouldBe(42);
    }

    [Fact]
    public void A_damaged_script_is_refused()
    {
        using MemoryStream stream = new();
        LyraScript.Compile("1 + 2").Save(stream);
        byte[] bytes = stream.ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x40;
            Should.Throw<InvalidDataException>(() => LyraScript.Load(new MemoryStream(damaged)));
        }

        Should.Throw<InvalidDataException>(() => LyraScript.Load(new MemoryStream()));
    }

    [Fact]
    public void Its_bytecode_can_be_read() => LyraScript.Compile("print(1)").Disassemble().ShouldContain("print");
}

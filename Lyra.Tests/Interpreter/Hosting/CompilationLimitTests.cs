using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Limits and cancellation end a compilation, in every phase.</summary>
public sealed class CompilationLimitTests
{
    /// <summary>Long sources that end at once when they run, or do not compile. Each keeps another phase busy.</summary>
    private static readonly Dictionary<string, string> Sources = new()
    {
        ["tokens"] = new string(';', 1_000_000),
        ["items"] = "let xs = [" + Repeat("1,", 200_000) + "]",
        ["statements"] = "var x = 0\n" + Repeat("x += 1\n", 60_000),
        ["duplicates"] = Repeat("proc f() { }\n", 40_000),
        ["undefined names"] = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"x{i}\n")),
        ["procs"] = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"proc f{i}() {{ }}\n")),
        ["lambdas"] = "let xs = [" + Repeat("x => x,", 10_000) + "]",
        ["structs"] = string.Concat(Enumerable.Range(0, 4_000).Select(i => $"struct S{i} {{ a }}\n")),
        ["arms"] = "match 5 {\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i} => {i}\n")) + "_ => 0 }",
        ["names in deep blocks"] = "let x = 1\nproc f() {\n" + Deep("{", Repeat("x\n", 5_000), "}", 1_000) + "\n}",
        ["captures"] = $"proc f({Listed(1_000)}) {{ return {Repeat("() => ", 100)}[{Listed(1_000)}] }}",
        ["ends of deep blocks"] = "proc f() {\nlet y = " + Deep("if true { ", Repeat("f()\n", 1_000), "}\nlet q = 1\n", 500) + "\n}",
    };

    public static TheoryData<string> Names() => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_compilation_looks_at_the_clock_and_ends_when_the_run_is_cancelled(string name)
    {
        using LyraEngine engine = new();
        using CancellationTokenSource cancellation = new();
        int looks = 0;
        engine.Limiter.Looked = _ =>
        {
            if (++looks == 10)
            {
                cancellation.Cancel();
            }
        };

        Should.Throw<LyraCanceledException>(() => engine.Run(Sources[name], cancellationToken: cancellation.Token));

        looks.ShouldBeInRange(10, 20);
        engine.Run("1 + 1").As<int>().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_import_ends_when_the_run_is_cancelled(string name)
    {
        Dictionary<string, string> modules = new() { ["big"] = Sources[name] };
        using LyraEngine engine = new(new LyraOptions { ModuleLoader = new DictionaryModuleLoader(modules) });
        using CancellationTokenSource cancellation = new();
        engine.Define("arm", () =>
        {
            int looks = 0;
            engine.Limiter.Looked = _ =>
            {
                if (++looks == 10)
                {
                    cancellation.Cancel();
                }
            };
        });
        engine.Define("log", (string text) => engine.Globals["logged"] = text);

        Should.Throw<LyraCanceledException>(() => engine.Run(
            "arm()\nimport \"./big\" as big\nlog(\"imported\")", cancellationToken: cancellation.Token));

        engine.Globals.ContainsKey("logged").ShouldBeFalse();
    }

    [Theory]
    [InlineData("items")]
    [InlineData("statements")]
    [InlineData("procs")]
    [InlineData("lambdas")]
    [InlineData("arms")]
    public void A_compilation_is_charged_as_memory_until_it_ends(string name)
    {
        using LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = 2_000_000 } });

        Should.Throw<LyraLimitException>(() => engine.Run(Sources[name] + "\n" + Sources[name])).Limit.ShouldBe(LimitKind.Memory);

        engine.Run("length(\"x\" * 800000)").As<int>().ShouldBe(800_000);
        engine.Run("var n = 0\n" + Repeat("n += 1\n", 1_000) + "n").As<int>().ShouldBe(1_000);
        Should.Throw<LyraLimitException>(() => engine.Run("\"x\" * 3000000")).Limit.ShouldBe(LimitKind.Memory);
    }

    /// <summary>A chain that is not constant was evaluated again at each level.</summary>
    [Theory]
    [InlineData("x - (", "x", ")")]
    [InlineData("-(", "x", ")")]
    [InlineData("1 + 2 * (", "x", ")")]
    [InlineData("x and (", "x", ")")]
    public void Work_is_in_proportion_to_the_depth_of_operations(string open, string core, string close)
    {
        long half = Work(Deep(open, core, close, 500));
        long whole = Work(Deep(open, core, close, 1_000));

        whole.ShouldBeLessThan(3 * half);
    }

    private static long Work(string expression)
    {
        long reports = 0;
        SourceText text = new("proc f(x) {\n" + Repeat($"({expression})\n", 40) + "}", "work.lyra");
        CompilerOptions options = new()
        {
            Builtins = LibraryNames.Instance,
            Meter = new WorkMeter((_, _) => reports++),
        };

        ModuleCompiler.Compile(text, options, new DiagnosticBag(text)).ShouldNotBeNull();
        return reports;
    }

    private static string Listed(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"a{i}"));

    private static string Deep(string open, string core, string close, int depth) => Repeat(open, depth) + core + Repeat(close, depth);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}

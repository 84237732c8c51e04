using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>The types of values that compiled loops pass to host delegates and receive from them.</summary>
public sealed class HostCallTypeTests
{
    private static readonly Dictionary<string, Delegate> Echoes = new()
    {
        ["sbyte"] = (sbyte x) => (sbyte)-x,
        ["byte"] = (byte x) => (byte)(255 - x),
        ["short"] = (short x) => (short)-x,
        ["ushort"] = (ushort x) => (ushort)(65_535 - x),
        ["int"] = (int x) => -x,
        ["uint"] = (uint x) => uint.MaxValue - x,
        ["long"] = (long x) => -x,
        ["ulong"] = (ulong x) => ulong.MaxValue - x,
        ["float"] = (float x) => x / 3,
        ["double"] = (double x) => x / 3,
        ["decimal"] = (decimal x) => x / 3,
        ["bool"] = (bool x) => !x,
        ["char"] = (char x) => (char)(x + 1),
        ["string"] = (string? x) => x is null ? "none" : x.Length == 0 ? null : x + x,
        ["value"] = (LyraValue x) => x,
        ["object"] = (object? x) => x,
        ["nullable"] = (int? x) => x + 1,
        ["big"] = (BigInteger x) => x * x,
        ["kind"] = (DayOfWeek x) => x,
        ["array"] = (int[] x) => x.Reverse().ToArray(),
        ["map"] = (Dictionary<string, int> x) => x.Count,
        ["pair"] = ((int A, string B) x) => (x.B, x.A),
        ["proc"] = (Func<int, int> x) => x(20) + 1,
    };

    [Theory]
    [InlineData("sbyte", "i - 30")]
    [InlineData("byte", "i")]
    [InlineData("short", "i * 100")]
    [InlineData("ushort", "i * 1_000")]
    [InlineData("int", "i * 1_000_000")]
    [InlineData("uint", "i * 70_000_000")]
    [InlineData("long", "i * 100_000_000_000")]
    [InlineData("ulong", "i")]
    [InlineData("float", "i * 0.1")]
    [InlineData("float", "i")]
    [InlineData("double", "i * 0.1")]
    [InlineData("double", "i")]
    [InlineData("double", "if i % 3 == 0 { i } else { 0.5 }")]
    [InlineData("decimal", "i")]
    [InlineData("bool", "i % 3 == 0")]
    [InlineData("char", "\"abcdef\"[i % 6]")]
    [InlineData("string", "tostring(i)")]
    [InlineData("string", "if i % 4 == 0 { \"\" } else { tostring(i) }")]
    [InlineData("string", "if i % 4 == 0 { nil } else { tostring(i) }")]
    [InlineData("value", "i")]
    [InlineData("value", "[i, 0.5, nil, \"x\"][i % 4]")]
    [InlineData("value", "(i, [i])")]
    [InlineData("object", "[i, 0.5, nil, \"x\"][i % 4]")]
    [InlineData("nullable", "if i % 2 == 0 { nil } else { i }")]
    [InlineData("big", "i * 100_000_000_000_000_000_000")]
    [InlineData("kind", "[\"Monday\", \"Friday\"][i % 2]")]
    [InlineData("array", "[i, i + 1]")]
    [InlineData("map", "{\"a\": i}")]
    [InlineData("pair", "(i, \"x\")")]
    [InlineData("proc", "x => x + i")]
    public void A_value_goes_to_the_host_and_comes_back(string type, string value)
    {
        string source = $"var all = []\nfor i in 0..60 {{ let x = {value}; all.push(echo(x)) }}\nprint(all)\nall[59]";
        HostedRun.ShouldCall("echo", source, run => run.Engine.Define("echo", Echoes[type]));
    }

    [Theory]
    [InlineData("price + i")]
    [InlineData("span")]
    public void A_struct_of_the_host_goes_to_a_parameter_of_a_class_or_interface(string value)
    {
        string source = $"var all = []\nfor i in 0..60 {{ let x = {value}; all.push((nameOf(x), compare(x))) }}\nprint(all)\nall[59]";
        HostedRun.ShouldCall("compare", source, run =>
        {
            run.Engine.Define("price", 2.5m);
            run.Engine.Define("span", TimeSpan.FromDays(2));
            run.Engine.Define("nameOf", (object x) => x.GetType().Name);
            run.Engine.Define("compare", (IComparable x) => x.CompareTo(x));
        });
    }

    [Theory]
    [InlineData("sbyte", "i * 3")]
    [InlineData("byte", "40 - i")]
    [InlineData("short", "i * 1_000")]
    [InlineData("ushort", "40 - i")]
    [InlineData("int", "i * 100_000_000")]
    [InlineData("uint", "30 - i")]
    [InlineData("long", "i * 200_000_000_000_000_000")]
    [InlineData("int", "if i > 40 { \"x\" } else { i }")]
    [InlineData("int", "if i > 40 { 1.5 } else { i }")]
    [InlineData("double", "if i > 40 { \"x\" } else { i }")]
    [InlineData("double", "if i > 40 { 100_000_000_000_000_000_000 } else { i }")]
    [InlineData("bool", "if i > 40 { 1 } else { true }")]
    [InlineData("string", "if i > 40 { 1 } else { \"a\" }")]
    [InlineData("array", "if i > 40 { [nil] } else { [i] }")]
    public void A_refusal_of_the_host_is_an_error_at_the_call(string type, string value)
    {
        string body = $"for i in 0..60 {{\n let x = {value}\n";
        HostedRun.ShouldCall("echo", $"var all = []\n{body} try {{ all.push(echo(x)) }} catch e {{ all.push(e.message) }} }}\nprint(all)",
            Define);
        HostedRun.ShouldCall("echo", $"var all = []\nproc f(x) {{ return echo(x) }}\n{body} all.push(f(x))\n}}", Define);

        void Define(HostedRun run) => run.Engine.Define("echo", Echoes[type]);
    }

    [Fact]
    public void Any_number_of_parameters_is_passed()
    {
        string source = """
            var all = []
            for i in 0..40 {
                all.push(none())
                all.push(three(i, i * 0.5, tostring(i)))
                all.push(eight(i, i, i, i, i, i, i, i))
                note(i, true)
                all.push(optional(i))
                all.push(optional(i, 7))
                all.push(optional(i, text: "t"))
                all.push(rest("a", i, i + 1, i + 2))
                all.push(rest("b"))
            }
            print(all)
            """;
        string end = HostedRun.ShouldCall("none three eight note optional rest", source, run =>
        {
            int calls = 0;
            run.Engine.Define("none", () => calls++);
            run.Engine.Define("three", (int a, float b, string c) => string.Create(CultureInfo.InvariantCulture, $"{a} {b} {c}"));
            run.Engine.Define("eight", (int a, long b, short c, byte d, double e, float f, LyraValue g, uint h) => a + b + c + d + e + f
                + g.As<int>() + h);
            run.Engine.Define("note", (int a, bool b) => run.Note($"{a} {b}"));
            run.Engine.Define("optional", (int a, int b = 5, string text = "none") => $"{a} {b} {text}");
            run.Engine.Define("rest", (string a, params int[] others) => a + others.Sum());
        });
        end.ShouldContain("39 True");
    }

    [Theory]
    [InlineData("f()")]
    [InlineData("f(1, 2, 3)")]
    [InlineData("f(b: 1)")]
    public void A_wrong_number_of_arguments_is_an_error(string call)
    {
        string source = $"var n = 0\nfor i in 0..40 {{\n n += 1\n if i > 30 {{ {call} }} else {{ n += f(i) }}\n}}";
        HostedRun.ShouldCall("f", source, run => run.Engine.Define("f", (int a, int b = 1) => a + b)).ShouldContain("ArgumentError");
    }

    [Fact]
    public void Variables_and_containers_hold_functions_of_the_host()
    {
        string source = """
            struct Holder { f; proc go(self, x) { return self.f(x) } }
            let a = double
            var b = double
            let table = {"d": double}
            let list = [double, triple]
            let holder = Holder(double)
            proc apply(f, x) { return f(x) }
            var s = 0
            for i in 0..100 {
                s += a(i) + b(i) + table["d"](i) + list[i % 2](i) + apply(triple, i) + holder.go(i) + holder.f(i)
                if i == 60 { b = triple }
                let c = (x) => double(x)
                s += c(i) + [1, 2].map(double)[1]
            }
            s
            """;
        HostedRun.ShouldCall("double triple", source, run =>
        {
            run.Engine.Define("double", (int x) => 2 * x);
            run.Engine.Define("triple", (int x) => 3 * x);
        });
    }

    [Fact]
    public void A_function_of_the_host_that_hides_a_builtin_is_the_one_that_is_called()
    {
        string source = "var s = 0\nfor i in 0..50 { s += abs(-i) + length(\"abc\") + max(i, 3) }\nprint(s)\ns";
        string end = HostedRun.ShouldCall("abs length", source, run =>
        {
            run.Engine.Define("abs", (int x) => x - 1_000);
            run.Engine.Define("length", (string x) => 100 * x.Length);
        });
        end.ShouldStartWith("-34994\n");
    }

    [Fact]
    public void Library_procs_as_values_are_called_as_well()
    {
        string source = "import math\nlet f = math.floor\nvar g = abs\nvar s = 0\nfor i in 0..50 { s += f(i * 0.3) + g(-i) }\ns";
        HostedRun.ShouldAgree(source, _ => { });
    }
}

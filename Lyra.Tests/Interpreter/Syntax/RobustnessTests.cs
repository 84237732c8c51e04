using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Testing;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Syntax;

/// <summary>No input makes the front end fail, and deeply nested input needs only a small stack.</summary>
public sealed class RobustnessTests
{
    /// <summary>One nesting level with an operator of every precedence.</summary>
    private const string Costliest = "(a or b and c ?? d in e == 1 .. 2 | 3 ^ 4 & 5 << 6 + 7 * ";

    private const int SmallStack = 512 * 1024;

    private static readonly string[] Fragments =
    [
        "if ", "else ", "{", "}", "(", ")", "[", "]", "${", "\"", "\"\"\"", "r\"", "\n", ";", ",", ":", "=", "=>", "->", "..", "...", ".",
        "?.", "?[",
        "not ", "in ", "is ", "match ", "proc ", "async ", "await ", "struct ", "import ", "pub ", "try ", "catch ", "finally ", "for ",
        "while ",
        "return ", "yield ", "x", "P", "1", "0x", "1.5", "/*", "*/", "//", "\\", "\0", "\ud800", "é", "**", "-", "??", "??=", "|", "as ",
        "_", "break ",
    ];

    public static TheoryData<string, string, string, int> Nests()
    {
        TheoryData<string, string, string, int> data = [];
        foreach ((string open, string middle, string close) in new[]
        {
            ("(", "1", ")"), ("[", "", "]"), ("f({1: ", "1", "})"), ("f(", "", ")"), ("x[", "1", "]"), ("-", "1", ""), ("not ", "a", ""),
            ("await ", "a", ""),
            ("2 ** ", "1", ""), ("a => ", "1", ""), ("{", "", "}"), ("if a { ", "", "}"), ("while a { ", "", "}"),
            ("try { ", "", "} finally { }"),
            ("f(proc() { return ", "1", "})"), ("match a { _ => ", "1", "}"), ("\"${", "1", "}\""), ("if ", "a", ""), ("match ", "a", ""),
            (Costliest, "1", ")"), ("struct A { proc f() { ", "", "} }"),
        })
        {
            data.Add(open, middle, close, 1_000);
            data.Add(open, middle, close, 100_000);
        }

        foreach ((string start, string link) in new[] { ("x", ".a"), ("f", "()"), ("x", "[0]"), ("x", "?.a"), ("var x: int", " ?"),
            ("1", "+1"), ("a", " or a") })
        {
            data.Add("", start, link, 1_000);
            data.Add("", start, link, 100_000);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Nests))]
    public void Deep_nesting_is_parsed_or_refused_but_never_overflows(string open, string middle, string close, int levels)
    {
        string source = string.Concat(Enumerable.Repeat(open, levels)) + middle + string.Concat(Enumerable.Repeat(close, levels));
        string[] errors = OnSmallStack(() => SyntaxTestHelpers.Errors(source));
        errors.Length.ShouldBeLessThan(2);
        if (levels > SyntaxLimits.MaxNesting)
        {
            errors.ShouldAllBe(e => e.EndsWith(SyntaxDiagnostics.TooDeep.Code));
        }
        else
        {
            errors.ShouldAllBe(e => e.EndsWith(SyntaxDiagnostics.Expected.Code));
        }
    }

    [Fact]
    public void The_costliest_nesting_that_is_allowed_is_parsed_and_printed_on_a_small_stack()
    {
        string source = string.Concat(Enumerable.Repeat(Costliest, SyntaxLimits.MaxNesting - 1))
            + "1" + new string(')', SyntaxLimits.MaxNesting - 1);
        OnSmallStack(() => AstPrinter.Print(SyntaxTestHelpers.Parse(source)).Length).ShouldBeGreaterThan(SyntaxLimits.MaxNesting * 50);
    }

    [Fact]
    public void Random_text_gives_diagnostics_and_no_exceptions()
    {
        Random random = new(20240501);
        byte[] bytes = new byte[400];
        for (int round = 0; round < 2_000; round++)
        {
            random.NextBytes(bytes);
            string text = round % 2 == 0 ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
            CheckAny(text);
        }
    }

    [Fact]
    public void Random_fragments_give_diagnostics_and_no_exceptions()
    {
        Random random = new(4711);
        for (int round = 0; round < 20_000; round++)
        {
            StringBuilder text = new();
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                text.Append(Fragments[random.Next(Fragments.Length)]);
            }

            CheckAny(text.ToString());
        }
    }

    [Fact]
    public void Damaged_programs_give_diagnostics_and_no_exceptions()
    {
        Random random = new(99);
        foreach (string file in SyntaxTestHelpers.ConformanceFiles())
        {
            string text = File.ReadAllText(file);
            if (text.Length > 10_000)
            {
                continue;
            }

            for (int round = 0; round < 20; round++)
            {
                CheckAny(Damage(text, random));
            }
        }
    }

    [Fact]
    public void Large_odd_inputs_are_taken()
    {
        CheckAny(new string('q', 1_000_000));
        CheckAny(new string('\0', 1_000_000));
        CheckAny(new string('\ud800', 1_000_000));
        CheckAny(new string('"', 1_000_000));
        CheckAny(new string('}', 1_000_000));
        CheckAny(string.Concat(Enumerable.Repeat("\"${", 300_000)));
        CheckAny(string.Concat(Enumerable.Repeat("([{", 100_000)) + new string(')', 300_000));
        CheckAny(new string('\n', 1_000_000) + "x = ");
        CheckAny("var x = \"" + new string('a', 1_000_000));
    }

    [Theory]
    [InlineData("a;", 100_000)]
    [InlineData("f(1, 2)\n", 100_000)]
    [InlineData("import math\n", 20_000)]
    [InlineData(
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1"
            + "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n", 2_000)]
    public void Long_sources_are_parsed(string line, int count) => SyntaxTestHelpers.Errors(string.Concat(Enumerable.Repeat(line, count)))
        .ShouldBeEmpty();

    /// <summary>Removes, duplicates or replaces a few parts of the text.</summary>
    private static string Damage(string text, Random random)
    {
        for (int i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int start = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 6), text.Length - start);
            text = random.Next(3) switch
            {
                0 => text.Remove(start, length),
                1 => text.Insert(start, text.Substring(start, length)),
                _ => text.Insert(start, Fragments[random.Next(Fragments.Length)]),
            };
        }

        return random.Next(8) == 0 ? text[..random.Next(text.Length + 1)] : text;
    }

    /// <summary>Checks that diagnostics are valid and ordered; a program without diagnostics can be printed and parsed again.</summary>
    private static void CheckAny(string text)
    {
        (ModuleNode module, ImmutableArray<Diagnostic> diagnostics) = SyntaxTestHelpers.ParseWithDiagnostics(text);
        diagnostics.Length.ShouldBeLessThanOrEqualTo(DiagnosticBag.MaxDiagnostics + 1);
        (int Line, int Column) last = (1, 1);
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.Code != SyntaxDiagnostics.TooManyErrors.Code))
        {
            (diagnostic.Line, diagnostic.Column).CompareTo(last).ShouldBeGreaterThanOrEqualTo(0);
            last = (diagnostic.Line, diagnostic.Column);
            DiagnosticRenderer.Render(diagnostic, module.Source).ShouldNotBeEmpty();
        }

        if (diagnostics.IsEmpty && module.Depth < DeepStack.ShallowDepth)
        {
            AstPrinterTests.CheckRoundTrip(module, text);
        }
    }

    private static T OnSmallStack<T>(Func<T> test)
    {
        T result = default!;
        Exception? failure = null;
        Thread thread = new(
            () =>
            {
                try
                {
                    result = test();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        failure.ShouldBeNull();
        return result;
    }
}

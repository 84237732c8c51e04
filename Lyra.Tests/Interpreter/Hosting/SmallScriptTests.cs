using System;
using System.Linq;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Many small scripts in one process, each from its source in an engine of its own.</summary>
public sealed class SmallScriptTests
{
    private const string Invoice = """
        struct Line { name; price; count }
        proc total(lines) {
            var sum = 0
            for line in lines { sum += line.price * line.count }
            return sum
        }
        let lines = [Line("apple", 30, 4), Line("bread", 250, 1), Line("cheese", 490, 2)]
        let discounts = {"apple": 5, "cheese": 10}
        var rebate = 0
        for line in lines {
            if line.name in discounts { rebate += line.price * line.count * discounts[line.name] / 100 }
        }
        let text = lines.map(line => "${line.count} ${line.name}").join(", ")
        "${text}: ${total(lines) - rebate}"
        """;

    private const string InvoiceText = "\"4 apple, 1 bread, 2 cheese: 1246\"";

    [Theory]
    [InlineData("1 + 2", "3", 8_000)]
    [InlineData(Invoice, InvoiceText, 30_000)]
    public void An_engine_with_a_small_script_allocates_little(string source, string result, long bytes)
    {
        long smallest = long.MaxValue;
        for (int i = 0; i < 300; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (LyraEngine engine = new())
            {
                LyraValue value = engine.Run(source);
                smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
                value.ToString().ShouldBe(result);
            }
        }

        smallest.ShouldBeInRange(1, bytes);
    }

    [Fact]
    public void A_compilation_does_not_see_those_before_it()
    {
        string[] sources =
        [
            Invoice,
            "let x = (((1",
            "struct Line { a }; [Line(1).a, y => y].length",
            string.Concat(Enumerable.Range(0, 2_000).Select(i => $"let name{i} = [\"${{{i}}}\", {i}]\n")) + "name7",
            "name7",
            "proc f(a) { proc g() { return a }; return g }; \"\"\"\n    ${f(1)()}\n    b\n    \"\"\"",
        ];
        string[] first = [.. sources.Select(ResultOf)];
        for (int i = 0; i < 20; i++)
        {
            sources.Reverse().Select(ResultOf).ShouldBe(first.Reverse());
        }
    }

    [Fact]
    public void Threads_compile_at_the_same_time()
    {
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                if (ResultOf(Invoice) != InvoiceText)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        wrong.ShouldBe(0);
    }

    private static string ResultOf(string source)
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off });
        try
        {
            return engine.Run(source).ToString();
        }
        catch (LyraCompileException e)
        {
            return e.Message;
        }
    }
}

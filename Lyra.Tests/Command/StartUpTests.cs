using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

/// <summary>
/// What the CLR has to compile before a script runs. Each method takes it 0.1 to 0.3 ms, so the published command contains nearly all of
/// them as machine code.
/// </summary>
public sealed class StartUpTests : IDisposable
{
    /// <summary>
    /// Without tiers, the CLR compiles no method twice. With one processor, no thread warms the compiler up.
    /// </summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_PROCESSOR_COUNT"] = "1",
    };

    private const string Loop = """
        var s = 0
        for i in 0..50_000_000 { s += i % 7 }
        print(s)
        """;

    /// <summary>A bit of everything that scripts usually contain.</summary>
    private const string Usual = """
        struct Item { name: str, price: float }
        proc total(items) {
            var sum = 0.0
            for item in items { sum += item.price }
            return sum
        }
        var counts = {}
        var items = []
        for i in 0..2000 {
            var key = match i % 4 { 0 => "a", 1 => "b", n if n > 2 => "c", _ => "d" }
            counts[key] = counts.get(key, 0) + 1
            items.push(Item{name: "item ${i}", price: i * 0.5})
        }
        var names = items.filter(item => item.price > 990.0).map(item => item.name)
        var cost = 0.0
        for i in 0..40_000 { cost += total(items) }
        try { throw error("Odd", "an error") } catch e { write(e.kind, "") }
        print(counts["c"], length(names), cost, sum([1, 2, 3]), (1, "x"))
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("on", Loop, "149999997", 30)]
    [InlineData("off", Loop, "149999997", 18)]
    [InlineData("on", Usual, "Odd 500 19 39980000000.0 6 (1, \"x\")", 35)]
    [InlineData("off", Usual, "Odd 500 19 39980000000.0 6 (1, \"x\")", 18)]
    public async Task The_clr_compiles_few_methods_of_a_precompiled_command(string jit, string source, string output, int most)
    {
        string script = _folder.Write("main.lyra", Encoding.UTF8.GetBytes(source));
        string[] arguments = ["run", "--stats", "--jit", jit, script];
        CommandResult result = await LyraCommand.RunAsync(
            new CommandRun(arguments) { Folder = _folder.Path, ChecksCompiler = false, Variables = Settings });

        result.Out.ShouldBe(output + "\n");
        (Number(result.Err, "jit: steps, compiled") > 0).ShouldBe(jit == "on");
        int methods = Number(result.Err, "clr: methods compiled");
        if (LyraCommand.IsPrecompiled)
        {
            methods.ShouldBeLessThanOrEqualTo(most);
        }
        else
        {
            methods.ShouldBeGreaterThan(most);
        }
    }

    private static int Number(string table, string name)
    {
        Match row = Regex.Match(table, $"{Regex.Escape(name)} +([0-9,]+)\\n");
        return int.Parse(row.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Cli;

/// <summary>
/// What the CLR has to compile before a script runs. Each method takes it 0.1 to 0.3 ms, so the published command contains nearly all of
/// them as machine code.
/// </summary>
public sealed class StartUpTests : IDisposable
{
    /// <summary>
    /// Without tiers, the CLR compiles no method twice. On one core, a script waits until its loops are compiled.
    /// </summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_PROCESSOR_COUNT"] = "1",
    };

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("on", 80)]
    [InlineData("off", 40)]
    public async Task The_clr_compiles_few_methods_of_a_precompiled_command(string jit, int most)
    {
        string script = _folder.Write("main.lyra", "var s = 0\nfor i in 0..100_000 { s += i % 7 }\nprint(s)"u8.ToArray());
        string[] arguments = ["run", "--stats", "--jit", jit, script];
        CommandResult result = await LyraCommand.RunAsync(
            new CommandRun(arguments) { Folder = _folder.Path, ChecksCompiler = false, Variables = Settings });

        result.Out.ShouldBe("299995\n");
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

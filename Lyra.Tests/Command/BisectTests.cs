using System;
using System.IO;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command;

/// <summary>The output of the command. <see cref="Unit.Jit.Evaluation.PlantedFaultTests"/> tests that bisection finds faults.</summary>
public sealed class BisectTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("var s = 0\nfor i in 0..200 { s += i }\nprint(s)\n", 0,
        "both tiers agree; 1 compilation, 3 runs\n")]
    [InlineData(
        "import jit\nvar s = 0\nfor i in 0..200 { s += i }\nprint(jit.status())\n",
        2,
        "it differs although nothing is compiled, so the check says nothing about compiled code\n"
            + "  compiled: output at line 1: on; interpreted: off (no JIT)\n")]
    [InlineData(
        "import io\nlet n = length(io.readText(\"count.txt\"))\nio.appendText(\"count.txt\", \"x\")\nprint(n)\n",
        2,
        "two interpreted runs differ, so the check says nothing about compiled code\n"
            + "  interpreted again: output at line 1: 1; interpreted: 0\n")]
    [InlineData("print(1 +)\n", 2, null)]
    public async Task It_says_what_is_to_blame(string source, int code, string? finding)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "a.lyra"), source);
        File.WriteAllText(Path.Combine(_folder.Path, "count.txt"), string.Empty);

        CommandResult result =
            await LyraCommand.RunAsync(new CommandRun(["bisect", "--allow", "write=.", "a.lyra"]) { Folder = _folder.Path });

        result.Out.ShouldBe(finding is null ? string.Empty : $"a.lyra: {finding}");
        result.Code.ShouldBe(code);
    }
}

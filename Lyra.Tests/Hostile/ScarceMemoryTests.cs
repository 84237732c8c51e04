using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Hostile;

/// <summary>
/// A process that may use 128 MB runs programs that take all they get, without a memory limit of their own and under one that the process
/// can't fulfil. Each ends with a limit; .NET ends none of them, as it does where it finds no memory for itself.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class ScarceMemoryTests
{
    private static readonly string[] Greedy =
    [
        "var xs = []\nwhile true { xs.push([1, 2.5, \"a\"]) }",
        "var m = {}\nvar i = 0\nwhile true { m[\"k${i}\"] = \"v${i}\"; i += 1 }",
        "var s = \"abc\"\nwhile true { s = s + s }",
        "var xs = list(0..1_000_000)\nvar kept = []\nwhile true { kept.push(xs.map(x => (x, x + 1))) }",
        "struct P { x; y = nil }\nvar p = nil\nwhile true { p = P(p) }",
        "import json\nvar s = \"[\" + \"[1],\" * 3_000_000 + \"1]\"\nvar kept = []\nwhile true { kept.push(json.parse(s)) }",
    ];

    public static TheoryData<int, string> Rows
    {
        get
        {
            TheoryData<int, string> rows = [];
            for (int i = 0; i < Greedy.Length; i++)
            {
                rows.Add(i, "off");
                rows.Add(i, "on");
            }

            return rows;
        }
    }

    [Theory]
    [SweepData(nameof(Rows))]
    public async Task A_limit_ends_a_program_before_the_process_is_out_of_memory(int program, string jit)
    {
        using ScratchFolder folder = new();
        string file = Path.Combine(folder.Path, "greedy.lyra");
        File.WriteAllText(file, Greedy[program]);
        foreach (string[] limit in new string[][] { [], ["--max-memory", "1000000000000"] })
        {
            CommandResult result = await LyraCommand.RunAsync(new CommandRun(["run", "--jit", jit, .. limit, file])
            {
                ChecksCompiler = false,
                Variables = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x8000000" },
            });
            result.Code.ShouldBe(1, result.Err);
            result.Err.ShouldStartWith("LimitExceeded: ");
        }
    }
}

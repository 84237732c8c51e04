using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Hostile;

/// <summary>A program, or an invalid file, and how the command must end for it.</summary>
internal sealed record HostileProgram(string Name, Func<byte[]> Bytes)
{
    public HostileProgram(string name, string source)
        : this(name, () => Encoding.UTF8.GetBytes(source))
    {
    }

    /// <summary>Low thresholds, so that loops are compiled after a few iterations, and the table of statistics.</summary>
    private static readonly string[] Stressed = ["--hot-loop", "5", "--hot-exit", "2", "--stats"];

    /// <summary>
    /// The memory limit of programs that reach it step by step: half of the usual one, because there are hundreds of them.
    /// </summary>
    public const long Small = 50_000_000;

    /// <summary>The memory limit of the script in bytes.</summary>
    public long MemoryLimit { get; init; } = 100_000_000;

    /// <summary>
    /// The bound of the process's resident memory in bytes: garbage that is not collected yet may double what the script can reach, and the
    /// runtime and machine code need the rest.
    /// </summary>
    public long ResidentBytes => (2 * MemoryLimit) + 150_000_000;

    /// <summary>The time limit with the extra time of <c>finally</c> blocks; null if the options have none.</summary>
    public TimeSpan? LongestRun => Option("--timeout") is { } text && int.TryParse(text, CultureInfo.InvariantCulture, out int limit)
        ? TimeSpan.FromMilliseconds(limit + Math.Max(limit / 10, 50))
        : null;

    /// <summary>Options in addition to the memory limit.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>The accepted exit codes.</summary>
    public int[] Codes { get; init; } = [0];

    /// <summary>The accepted kinds of error when the exit code is 1; empty to accept any.</summary>
    public string[] Kinds { get; init; } = [];

    /// <summary>What the message of the error must contain when the exit code is 1: the limit that stops the program.</summary>
    public string Message { get; init; } = "";

    /// <summary>The bytes on standard input, which then stays open; null for an empty input.</summary>
    public byte[]? Input { get; init; }

    /// <summary>The exact output; null to accept any.</summary>
    public string? Output { get; init; }

    /// <summary>Whether the program must be rejected before it runs.</summary>
    public bool IsRejected => Codes is [2];

    /// <summary>Whether it runs until its time limit ends it.</summary>
    public bool UsesUpTime { get; init; }

    /// <summary>Whether one of its loops must have run compiled, if the mode allows it.</summary>
    public bool IsHot { get; init; }

    /// <summary>Creates the files in the folder in which the program runs.</summary>
    public Action<string>? Prepare { get; init; }

    /// <summary>A program that must end with an uncaught error of one of these kinds.</summary>
    public static HostileProgram Failing(string name, string source, params string[] kinds) =>
        new(name, source) { Codes = [1], Kinds = kinds };

    /// <summary>A program that must be rejected before it runs.</summary>
    public static HostileProgram Rejected(string name, string source) => new(name, source) { Codes = [2] };

    public override string ToString() => Name;

    /// <summary>
    /// Writes the program into its own folder and runs it as a user does. Another thread compiles, unless some loop must have run compiled.
    /// </summary>
    public async Task<CommandResult> RunAsync(string jit)
    {
        using ScratchFolder folder = new();
        string file = folder.Write("program.lyra", Bytes());
        Prepare?.Invoke(folder.Path);
        List<string> arguments = ["run", "--jit", jit, .. IsHot ? Stressed : [], "--max-memory",
            MemoryLimit.ToString(CultureInfo.InvariantCulture), .. Options, file];
        return await LyraCommand.RunAsync(new CommandRun(arguments)
        {
            Folder = folder.Path,
            Input = Input ?? [],
            HoldsInput = Input is not null,
            ChecksCompiler = IsHot,
            IsWatched = true,
            MostBytes = 2 * ResidentBytes,
        });
    }

    // Of an option that is given twice, the last one counts.
    private string? Option(string name)
    {
        int index = Array.LastIndexOf(Options, name);
        return index < 0 ? null : Options[index + 1];
    }
}

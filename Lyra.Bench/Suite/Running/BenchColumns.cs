using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Lyra.Bench.Suite.Running;

/// <summary>The tiers, in the order of the table, and the peers.</summary>
internal static class BenchColumns
{
    public const string Baseline = "baseline";
    public const string Interpreter = "-O2";
    public const string Jit = "jit";
    public const string CSharp = "C#";

    /// <summary>The option that runs a program in the process itself, and its values.</summary>
    public const string InProcess = "--in-process";

    public const string Size = "--size";

    public const string InProcessBaseline = "baseline";
    public const string InProcessCSharp = "csharp";
    public const string InProcessStress = "stress";

    /// <summary>What follows the name of a column of another build.</summary>
    private const string OtherBuild = " before";

    /// <summary>The settings of the CLR that the command <c>lyra</c> changes for itself, as they are by default.</summary>
    private static readonly Dictionary<string, string> DefaultSettings = new()
    {
        ["DOTNET_TieredPGO"] = "1",
        ["DOTNET_gcConcurrent"] = "1",
    };

    public static readonly BenchColumn[] Tiers =
    [
        OfProcess(Baseline, InProcessBaseline) with { IsLyra = true },
        OfTier("-O0", "--jit", "off", "-O0"),
        OfTier("-O1", "--jit", "off", "-O1"),
        OfTier(Interpreter, "--jit", "off", "-O2"),
        OfTier("-O3", "--jit", "off", "-O3"),
        OfTier(Jit),
        OfProcess(CSharp, InProcessCSharp) with { Variables = DefaultSettings },
    ];

    /// <summary>The columns that claims compare with other languages, at a size at which the stack machine would take minutes.</summary>
    public static readonly BenchColumn[] ComparedLanguages = [.. Tiers.Where(column => column.Name is Interpreter or Jit or CSharp)];

    /// <summary>The columns of a comparison with the repository's result: the interpreter and both tiers, as users run them.</summary>
    public static readonly BenchColumn[] Regression = [.. Tiers.Where(column => column.Name is Interpreter or Jit)];

    /// <summary>The columns of <see cref="Regression"/> by the command of another build.</summary>
    /// <param name="command">The command: an executable file, or an assembly that <c>dotnet</c> starts.</param>
    public static BenchColumn[] OfOtherBuild(CommandStart command) =>
    [
        .. Regression.Select(column => new BenchColumn(
            column.Name + OtherBuild, (program, size) => [.. command.Arguments, .. column.Arguments(program, size)])
        {
            File = command.File,
        }),
    ];

    public static bool IsOfOtherBuild(string column) => column.EndsWith(OtherBuild, StringComparison.Ordinal);

    public static string NameOfThisBuild(string column) => column[..^OtherBuild.Length];

    /// <summary>Implementations of other languages, for which <paramref name="folder"/> has the programs.</summary>
    /// <param name="folder">The folder <c>Lyra.Bench/Peers</c>.</param>
    /// <param name="find">The file of an executable; null if it is not installed.</param>
    public static BenchColumn[] Peers(string folder, Func<string, string?> find)
    {
        (string Executable, string Driver, string Scripts)[] peers =
        [
            ("node", "bench.js", "js"), ("luajit", "bench.lua", "lua"), ("lua5.4", "bench.lua", "lua"), ("pypy3", "bench.py", "py"),
        ];
        return
        [
            .. peers.Where(peer => find(peer.Executable) is not null).Select(peer => new BenchColumn(
                peer.Executable,
                (program, size) => [Path.Combine("drivers", peer.Driver), ScriptOf(peer.Scripts, program), Argument(program, size)])
            {
                File = find(peer.Executable),
                Folder = folder,
                Script = program => ScriptOf(peer.Scripts, program),
            }),
        ];
    }

    /// <summary>A size as a value of <see cref="Size"/>.</summary>
    public static string ArgumentOf(BenchSize size) => Enum.GetName(size)!.ToLowerInvariant();

    private static string ScriptOf(string scripts, BenchProgram program) => Path.Combine(scripts, $"{program.Name}.{scripts}");

    private static BenchColumn OfTier(string name, params string[] options) =>
        new(name, (program, size) => ["run", .. options, program.File, Argument(program, size)]) { IsLyra = true };

    private static BenchColumn OfProcess(string name, string engine) =>
        new(name, (program, size) => ["bench", InProcess, engine, Size, ArgumentOf(size), program.Name]);

    private static string Argument(BenchProgram program, BenchSize size) => program.WorkAt(size).N.ToString(CultureInfo.InvariantCulture);
}

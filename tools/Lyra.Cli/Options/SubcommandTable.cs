using System;

namespace Lyra.Cli.Options;

/// <summary>All subcommands, in the order in which help lists them.</summary>
internal static class SubcommandTable
{
    public const string Run = "run";
    public const string Eval = "eval";
    public const string Repl = "repl";
    public const string Check = "check";
    public const string Explain = "explain";
    public const string Test = "test";
    public const string Bench = "bench";
    public const string Disassemble = "disasm";
    public const string Trace = "trace";
    public const string Profile = "profile";
    public const string Verify = "verify";
    public const string TierCheck = "tiercheck";
    public const string Bisect = "bisect";
    public const string Version = "version";
    public const string Help = "help";

    private const int Any = int.MaxValue;

    /// <summary>Options that have no meaning if a program runs many times, in both tiers.</summary>
    private static readonly string[] SingleRunOptions = [RunOptions.Jit, RunOptions.Statistics];

    public static readonly Subcommand[] All =
    [
        new(Run, "FILE [ARGS…]", "run a program; ARGS are its os.args()", RunsCode: true, 1, 1) { PassesArguments = true },
        new(Eval, "SOURCE", "run source text and print the value of its last expression", RunsCode: true, 1, 1),
        new(Repl, string.Empty, "read source text, run it and print its values; :help in it shows more", RunsCode: true, 0, 0),
        new(Check, "[PATH…] [--fix] [--format FORMAT]", "compile files and folders, infer types, and print what is wrong",
            RunsCode: false, 0, Any)
        {
            OwnOptions = CheckOptions.All,
        },
        new(Explain, "[CODE]", "explain a report of lyra check by its code, with an example; without CODE list all codes",
            RunsCode: false, 0, 1),
        new(Test, "[PATH…]", "run every test_* proc of the *_test.lyra files", RunsCode: true, 0, Any),
        new(Bench, "[all|performance|speedup|regression|micro] [NAME…]",
            "measure the benchmark programs on the stack baseline, on both tiers and in C#; check published figures",
            RunsCode: false, 0, Any)
        {
            OwnOptions = BenchCommandOptions.All,
        },
        new(Disassemble, "FILE", "print the bytecode, before and after the optimizer", RunsCode: false, 1, 1),
        new(Trace, "FILE [--ir] [--il] [--html OUT] [ARGS…]",
            "run a program, then show what was compiled: after its output, or in the page OUT", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            OwnOptions = TraceOptions.All,
        },
        new(Profile, "FILE [--level LEVEL] [--format FORMAT] [-o OUT] [ARGS…]",
            "run a program, then show what it executed: counts, times, hot loops, allocations", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            OwnOptions = ProfileOptions.All,
        },
        new(Verify, "FILE… [-o DIR] [-- ARGS…]",
            "run programs and verify the IL of all compiled code; with DIR, write it there as assemblies", RunsCode: true, 1, Any)
        {
            PassesArgumentsAfterDashes = true,
            OwnOptions = VerifyOptions.All,
        },
        new(TierCheck, "FILE [--guards N] [--seed N] [--time MS] [ARGS…]",
            "run a program in both tiers and with failing guards, and compare its behaviour", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            OwnOptions = TierCheckCommandOptions.All,
            RejectedOptions = SingleRunOptions,
        },
        new(Bisect, "FILE [ARGS…]", "find the compilation and the pass that change a program's behaviour", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            RejectedOptions = SingleRunOptions,
        },
        new(Version, string.Empty, "print the version", RunsCode: false, 0, 0),
        new(Help, "[COMMAND]", "explain lyra or one of its commands", RunsCode: false, 0, 1),
    ];

    public static Subcommand? Find(string name) => Array.Find(All, subcommand => subcommand.Name == name);
}

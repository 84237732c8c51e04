using System;

namespace Lyra.Cli.CommandLine;

/// <summary>The calls that there are.</summary>
internal static class CallTable
{
    public const string Run = "run";
    public const string Eval = "eval";
    public const string Check = "check";
    public const string Test = "test";
    public const string Disassemble = "disasm";
    public const string Trace = "trace";
    public const string Verify = "verify";
    public const string TierCheck = "tiercheck";
    public const string Bisect = "bisect";
    public const string Version = "version";
    public const string Help = "help";

    private const int Any = int.MaxValue;

    /// <summary>Options that mean nothing where a program runs many times, in both tiers.</summary>
    private static readonly string[] OfOneRun = [RunOptions.Jit, RunOptions.Statistics];

    public static readonly Call[] All =
    [
        new(Run, "FILE [ARGS…]", "run a program; ARGS are its os.args()", RunsCode: true, 1, 1) { PassesArguments = true },
        new(Eval, "SOURCE", "run a piece of source and print the value of its last expression", RunsCode: true, 1, 1),
        new(Check, "FILE…", "compile only and print every diagnostic", RunsCode: false, 1, Any),
        new(Test, "[PATH…]", "run every test_* proc of the *_test.lyra files", RunsCode: true, 0, Any),
        new(Disassemble, "FILE", "print the bytecode, before and after the optimizer", RunsCode: false, 1, 1),
        new(Trace, "FILE [--ir] [--il] [--html OUT] [ARGS…]",
            "run a program, then show what the compiler to machine code did: behind its output, or in the page OUT", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            OwnOptions = TraceOptions.All,
        },
        new(Verify, "FILE… [-o DIR] [-- ARGS…]",
            "run programs and verify the IL of all that is compiled; with DIR, leave it there as assemblies", RunsCode: true, 1, Any)
        {
            PassesArgumentsBehindDashes = true,
            OwnOptions = VerifyOptions.All,
        },
        new(TierCheck, "FILE [--guards N] [--seed N] [--time MS] [ARGS…]",
            "run a program in both tiers and with guards of its compiled code failing in turn, and compare all that it does", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            OwnOptions = TierCheckCommandOptions.All,
            Refuses = OfOneRun,
        },
        new(Bisect, "FILE [ARGS…]", "find the compilation and the pass that make a program do something else compiled", RunsCode: true, 1, 1)
        {
            PassesArguments = true,
            Refuses = OfOneRun,
        },
        new(Version, string.Empty, "print the version", RunsCode: false, 0, 0),
        new(Help, "[CALL]", "explain the command or one of its calls", RunsCode: false, 0, 1),
    ];

    public static Call? Find(string name) => Array.Find(All, call => call.Name == name);
}

using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;

namespace Lyra.Fuzz.Commands;

/// <summary>The subcommands of the command.</summary>
internal static class CommandTree
{
    public static RootCommand Create(TextWriter output) => new(
        "Searches for programs, bytecode and regular expressions on which Lyra fails or its tiers disagree. Exits with 3 if it finds one.")
    {
        BatchCommand(BatchNames.Programs, "runs generated programs interpreted and compiled, and compares the results", output),
        BatchCommand(BatchNames.Modules, "runs generated programs of two modules, and compares them with the same program in one", output),
        BatchCommand(BatchNames.Bytecode, "runs mutated bytecode, which must be rejected or do no harm", output),
        BatchCommand(BatchNames.Traces, "runs generated loops of bytecode interpreted and compiled", output),
        BatchCommand(BatchNames.Regexes, "runs generated regular expressions, which must obey the limits and match as in .NET", output),
        BatchCommand(BatchNames.Huge, "runs operators and builtins on huge operands, which must look at the clock", output),
        BatchCommand(BatchNames.HostApi, "calls engines from a host in random sequences, interpreted and compiled", output),
        BatchCommand(BatchNames.Files, "accesses random folder trees, which must not lead out of the granted folders", output),
        LedgerCommand(output),
        ShowCommand(output),
        ReduceCommand(output),
        WorkCommand(output),
    };

    private static Command BatchCommand(string name, string description, TextWriter output)
    {
        Option<long> count = new("--count") { Description = "the number of seeds", DefaultValueFactory = _ => 1_000 };
        Option<long?> seed = new("--seed") { Description = "the first seed; derived from the clock by default" };
        Option<double?> seconds = new("--seconds") { Description = "the time limit in seconds" };
        Option<int> parallel = new("--parallel") { Description = "the number of processes", DefaultValueFactory = _ => 1 };
        RequirePositive(count);
        RequirePositive(seconds);
        RequirePositive(parallel);
        Option<string> folder = new("--out") { Description = "the folder for reports", DefaultValueFactory = _ => "fuzz-finds" };
        Option<string?> sources = new("--sources") { Description = "a folder with programs to mutate, in addition to generated ones" };
        Option<string?> corpus = new("--corpus") { Description = "a folder with programs to mutate; programs with new coverage are added" };
        Option<string?> state = new("--resume") { Description = "a folder; continues its batch and adds up the totals" };
        Option<bool> optimizes = new("--optimize") { Description = "let .NET optimize compiled code, which doubles the run time" };
        Option<bool> verbose = new("--coverage")
        {
            Description = "list the opcodes, operations and fold rules of compiled code, and the missing ones",
        };
        Command command = new(name, description) { count, seed, seconds, parallel, folder, sources, corpus, state, optimizes, verbose };
        command.SetAction(result => BatchCall.Execute(
            name,
            new BatchSettings(
                result.GetValue(seed) ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds() * 1_000,
                new BatchLength(result.GetValue(count), result.GetValue(seconds)),
                result.GetValue(parallel),
                Path.GetFullPath(result.GetValue(folder)!),
                new BatchInputs(FullPath(result.GetValue(sources)), FullPath(result.GetValue(corpus))),
                result.GetValue(optimizes),
                result.GetValue(verbose))
            { StateFolder = FullPath(result.GetValue(state)) },
            output));
        return command;
    }

    /// <summary>Rejects numbers below one. System.CommandLine itself rejects arguments that are not numbers.</summary>
    private static void RequirePositive(Option option) => option.Validators.Add(static result =>
    {
        if (result.Tokens is [.., Token { Value: string text }] && double.TryParse(text, CultureInfo.InvariantCulture, out double number)
            && number <= 0)
        {
            result.AddError($"{result.Option.Name} takes a positive number, not '{text}'");
        }
    });

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static Command LedgerCommand(TextWriter output)
    {
        Argument<string[]> folders = new("FOLDER") { Arity = ArgumentArity.OneOrMore };
        Command command = new("ledger", "prints the totals of the batches continued by --resume") { folders };
        command.SetAction(result => LedgerCall.Execute(result.GetValue(folders)!, output));
        return command;
    }

    private static Command ShowCommand(TextWriter output)
    {
        Option<long> seed = new("--seed") { Description = "the seed", Required = true };
        Command command = new("show", "prints the program of a seed") { seed };
        command.SetAction(result => ReduceCall.Show(result.GetValue(seed), output));
        return command;
    }

    private static Command ReduceCommand(TextWriter output)
    {
        Argument<string> file = new("FILE") { Description = "a program whose runs differ" };
        Option<long> seed = new("--seed") { Description = "the seed that determines the runs to compare", Required = true };
        Command command = new("reduce", "prints a smaller program with the same mismatch") { file, seed };
        command.SetAction(result => ReduceCall.Reduce(result.GetValue(file)!, result.GetValue(seed), output));
        return command;
    }

    /// <summary>The subcommand with which the command starts its child processes.</summary>
    private static Command WorkCommand(TextWriter output)
    {
        Argument<string> batch = new("BATCH");
        Option<long> from = new("--from");
        Option<long> end = new("--end");
        Option<int> stride = new("--stride");
        Option<double?> seconds = new("--seconds");
        Option<string> progress = new("--progress") { Required = true };
        Option<string> folder = new("--out") { Required = true };
        Option<string?> sources = new("--sources");
        Option<string?> corpus = new("--corpus");
        Command command = new("work", "tries seeds for another process of the command")
        {
            batch, from, end, stride, seconds, progress, folder, sources, corpus,
        };
        command.Hidden = true;
        command.SetAction(result => BatchCall.Work(
            result.GetValue(batch)!,
            result.GetValue(folder)!,
            new BatchInputs(result.GetValue(sources), result.GetValue(corpus)),
            new(result.GetValue(from), result.GetValue(end), result.GetValue(stride), result.GetValue(seconds), result.GetValue(progress)!),
            output));
        return command;
    }
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using Lyra.Cli.Calls;
using Lyra.Cli.Output;

namespace Lyra.Cli.CommandLine;

/// <summary>Parses every call with System.CommandLine and carries it out.</summary>
internal static class CommandLineParser
{
    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Errors are the program's own to report, and interruptions the runtime's.</summary>
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static int Execute(string[] arguments, StandardStreams streams)
    {
        if (arguments.Length == 0)
        {
            HelpCall.WriteOverview(streams.Error, isTerminal: false);
            return ExitCodes.BadSource;
        }

        if (arguments[0] == "--version")
        {
            arguments = [CallTable.Version, .. arguments[1..]];
        }

        string[] own = arguments;
        string[] scriptArguments = [];
        if (CallTable.Find(arguments[0]) is { PassesArguments: true } passing
            && FastPath.FindFile(arguments, 1, settings: null, passing.FindOption) is >= 0 and int file)
        {
            (own, scriptArguments) = Divide(arguments, file, passing);
        }

        if (CallTable.Find(arguments[0]) is { PassesArgumentsBehindDashes: true } && Array.IndexOf(arguments, "--") is > 0 and int dashes)
        {
            (own, scriptArguments) = (arguments[..dashes], arguments[(dashes + 1)..]);
        }

        RefuseUnknown(own);
        CommandTree tree = new(scriptArguments, streams);
        ParseResult result = tree.Root.Parse(own, Configuration);
        if (tree.WantsHelp(result, out string? call))
        {
            return HelpCall.Execute(call, streams);
        }

        return result.Errors.Count > 0 ? throw new UsageException(result.Errors[0].Message.TrimEnd('.')) : result.Invoke(Invocation);
    }

    /// <summary>
    /// What is the command's own, and what is the script's: everything behind FILE, except that the call's own options may also follow FILE at once. A
    /// <c>--</c> between these and the script's arguments is dropped then.
    /// </summary>
    private static (string[] Own, string[] Script) Divide(string[] arguments, int file, Call call)
    {
        int end = file + 1;
        while (end < arguments.Length && Array.Find(call.OwnOptions, option => option.Name == arguments[end].Split('=')[0]) is { } option)
        {
            end += option.ValueName is not null && !arguments[end].Contains('=', StringComparison.Ordinal) ? 2 : 1;
        }

        end = Math.Min(end, arguments.Length);
        string[] own = [arguments[0], .. arguments[(file + 1)..end], .. arguments[1..(file + 1)]];
        bool isDivided = call.OwnOptions.Length > 0 && end < arguments.Length && arguments[end] == "--";
        return (own, arguments[(isDivided ? end + 1 : end)..]);
    }

    /// <summary>System.CommandLine takes an option that it does not know for an argument.</summary>
    private static void RefuseUnknown(string[] arguments)
    {
        string first = arguments[0];
        Call? call = CallTable.Find(first);
        if (call is null && !IsHelp(first))
        {
            string hint = first.EndsWith(".lyra", StringComparison.Ordinal) ? $"to run a program: lyra run {first}" : "see lyra help";
            throw new UsageException($"there is no call '{first}'; {hint}");
        }

        for (int i = 1; i < arguments.Length && arguments[i] != "--"; i++)
        {
            string argument = arguments[i];
            if (argument.Length < 2 || argument[0] != '-' || IsHelp(argument))
            {
                continue;
            }

            RunOption? option = call?.FindOption(argument.Split('=')[0]);
            if (option is null)
            {
                throw new UsageException($"lyra {first} has no option '{argument}'; see lyra help {first}");
            }

            i += option.ValueName is not null && !argument.Contains('=', StringComparison.Ordinal) ? 1 : 0;
        }
    }

    private static bool IsHelp(string argument) => argument is "--help" or "-h" or "-?";

    /// <summary>The calls as commands of System.CommandLine.</summary>
    private sealed class CommandTree
    {
        private readonly Option<bool> _help = new("--help", "-h", "-?") { Recursive = true };
        private readonly string[] _scriptArguments;
        private readonly StandardStreams _streams;

        public CommandTree(string[] scriptArguments, StandardStreams streams)
        {
            _scriptArguments = scriptArguments;
            _streams = streams;
            Root = new RootCommand();
            Root.Options.Clear();
            Root.Directives.Clear();
            Root.Options.Add(_help);
            foreach (Call call in CallTable.All)
            {
                Root.Subcommands.Add(MakeCommand(call));
            }
        }

        public RootCommand Root { get; }

        /// <summary>Whether help is asked for by option, and for which call (null for the whole).</summary>
        public bool WantsHelp(ParseResult result, out string? call)
        {
            call = result.CommandResult.Command is RootCommand ? null : result.CommandResult.Command.Name;
            return result.GetValue(_help);
        }

        private Command MakeCommand(Call call)
        {
            Command command = new(call.Name, call.Help);
            List<(RunOption Row, Option Option)> options = [];
            foreach (RunOption row in call.Options)
            {
                Option option = row.ValueName is null
                    ? new Option<bool>(row.Name)
                    : new Option<string[]>(row.Name) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
                options.Add((row, option));
                command.Options.Add(option);
            }

            Argument<string[]> words = new("ARGUMENT") { Arity = ArgumentArity.ZeroOrMore };
            command.Arguments.Add(words);
            command.SetAction(result => Dispatch(call, Settings(result, options), Counted(call, result.GetValue(words) ?? [])));
            return command;
        }

        private static RunSettings Settings(ParseResult result, List<(RunOption Row, Option Option)> options)
        {
            RunSettings settings = new();
            foreach ((RunOption row, Option option) in options)
            {
                if (option is Option<bool> flag && result.GetValue(flag))
                {
                    row.Apply(settings, string.Empty);
                }

                foreach (string value in option is Option<string[]> valued ? result.GetValue(valued) ?? [] : [])
                {
                    row.Apply(settings, value);
                }
            }

            return settings;
        }

        private static string[] Counted(Call call, string[] words)
        {
            if (words.Length >= call.MinWords && words.Length <= call.MaxWords)
            {
                return words;
            }

            string expected = call.Usage.Length == 0 ? "no arguments" : call.Usage;
            throw new UsageException(words.Length == 0
                ? $"lyra {call.Name} needs {expected}; see lyra help {call.Name}"
                : $"lyra {call.Name} takes {expected}, not {string.Join(' ', words)}; see lyra help {call.Name}");
        }

        private int Dispatch(Call call, RunSettings settings, string[] words) => call.Name switch
        {
            CallTable.Run => RunCall.Execute(new RunRequest(settings, words[0], _scriptArguments), _streams),
            CallTable.Eval => EvalCall.Execute(settings, words[0], _streams),
            CallTable.Check => CheckCall.Execute(words, _streams),
            CallTable.Test => TestCall.Execute(settings, words, _streams),
            CallTable.Trace => TraceCall.Execute(new RunRequest(settings, words[0], _scriptArguments), _streams),
            CallTable.Verify => VerifyCall.Execute(settings, words, _scriptArguments, _streams),
            CallTable.TierCheck => TierCheckCall.Execute(new RunRequest(settings, words[0], _scriptArguments), _streams),
            CallTable.Bisect => BisectCall.Execute(new RunRequest(settings, words[0], _scriptArguments), _streams),
            CallTable.Disassemble => DisassembleCall.Execute(words[0], _streams),
            CallTable.Version => VersionCall.Execute(_streams),
            _ => HelpCall.Execute(words.Length == 0 ? null : words[0], _streams),
        };
    }
}

using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Lyra.Cli.Commands;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;

namespace Lyra.Cli.CommandLine;

/// <summary>Parses the command line with System.CommandLine and executes the subcommand.</summary>
internal static class CommandLineParser
{
    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>The program reports its errors itself, and the runtime handles interruptions.</summary>
    private static readonly InvocationConfiguration Invocation = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    public static int Execute(string[] arguments, StandardStreams streams)
    {
        if (arguments.Length == 0)
        {
            HelpCommand.WriteOverview(streams.Error, isTerminal: false);
            return ExitCodes.BadSource;
        }

        if (arguments[0] == "--version")
        {
            arguments = [SubcommandTable.Version, .. arguments[1..]];
        }

        Subcommand? subcommand = SubcommandTable.Find(arguments[0]);
        if (subcommand is null && !IsHelp(arguments[0]))
        {
            string hint = arguments[0].EndsWith(".lyra", System.StringComparison.Ordinal)
                ? $"to run a program: lyra run {arguments[0]}"
                : "see lyra help";
            throw new UsageException($"there is no command '{arguments[0]}'; {hint}");
        }

        (string[] own, string[] scriptArguments) = subcommand is null ? (arguments, []) : OptionScanner.Split(arguments, subcommand);
        CommandTree tree = new(scriptArguments, streams);
        ParseResult result = tree.Root.Parse(own, Configuration);
        RejectUnknownOption(result);
        if (tree.HasHelpOption(result))
        {
            return HelpCommand.Execute(subcommand?.Name, streams);
        }

        return result.Errors.Count > 0 ? throw new UsageException(result.Errors[0].Message.TrimEnd('.')) : result.Invoke(Invocation);
    }

    private static bool IsHelp(string argument) => argument is "--help" or "-h" or "-?";

    /// <summary>System.CommandLine takes an unknown option for a positional argument. After <c>--</c>, it is one.</summary>
    private static void RejectUnknownOption(ParseResult result)
    {
        IEnumerable<Token> tokens = result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens);
        string[] positional = [.. tokens.Select(token => token.Value)];
        int afterDashes = result.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Skip(1).Count();
        if (positional.SkipLast(afterDashes).FirstOrDefault(OptionScanner.IsOption) is { } unknown)
        {
            string name = result.CommandResult.Command.Name;
            throw new UsageException($"lyra {name} has no option '{unknown}'; see lyra help {name}");
        }
    }

    /// <summary>The subcommands as commands of System.CommandLine.</summary>
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
            foreach (Subcommand subcommand in SubcommandTable.All)
            {
                Root.Subcommands.Add(MakeCommand(subcommand));
            }
        }

        public RootCommand Root { get; }

        public bool HasHelpOption(ParseResult result) => result.GetValue(_help);

        private Command MakeCommand(Subcommand subcommand)
        {
            Command command = new(subcommand.Name, subcommand.Help);
            List<(CommandOption Row, Option Option)> options = [];
            foreach (CommandOption row in subcommand.Options)
            {
                Option option = row.ValueName is null
                    ? new Option<bool>(row.Name)
                    : new Option<string[]>(row.Name) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
                options.Add((row, option));
                command.Options.Add(option);
            }

            Argument<string[]> positional = new("ARGUMENT") { Arity = ArgumentArity.ZeroOrMore };
            command.Arguments.Add(positional);
            command.SetAction(result =>
                Dispatch(subcommand, Settings(result, options), Counted(subcommand, result.GetValue(positional) ?? [])));
            return command;
        }

        private static RunSettings Settings(ParseResult result, List<(CommandOption Row, Option Option)> options)
        {
            RunSettings settings = new();
            foreach ((CommandOption row, Option option) in options)
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

        /// <summary>The positional arguments, if their number is right.</summary>
        private static string[] Counted(Subcommand subcommand, string[] arguments)
        {
            if (arguments.Length >= subcommand.MinArguments && arguments.Length <= subcommand.MaxArguments)
            {
                return arguments;
            }

            string name = subcommand.Name;
            string expected = subcommand.Usage.Length == 0 ? "no arguments" : subcommand.Usage;
            throw new UsageException(arguments.Length == 0
                ? $"lyra {name} needs {expected}; see lyra help {name}"
                : $"lyra {name} takes {expected}, not {string.Join(' ', arguments)}; see lyra help {name}");
        }

        private int Dispatch(Subcommand subcommand, RunSettings settings, string[] arguments) => subcommand.Name switch
        {
            SubcommandTable.Run => RunCommand.Execute(Request(settings, arguments), _streams),
            SubcommandTable.Eval => EvalCommand.Execute(settings, arguments[0], _streams),
            SubcommandTable.Repl => ReplCommand.Execute(settings, _streams),
            SubcommandTable.Check => CheckCommand.Execute(settings.Check, arguments, _streams),
            SubcommandTable.Explain => ExplainCommand.Execute(arguments.Length == 0 ? null : arguments[0], _streams),
            SubcommandTable.Test => TestCommand.Execute(settings, arguments, _streams),
            SubcommandTable.Bench => BenchCommand.Execute(settings.Bench, arguments, _streams),
            SubcommandTable.Trace => TraceCommand.Execute(Request(settings, arguments), _streams),
            SubcommandTable.Profile => ProfileCommand.Execute(Request(settings, arguments), _streams),
            SubcommandTable.Verify => VerifyCommand.Execute(settings, arguments, _scriptArguments, _streams),
            SubcommandTable.TierCheck => TierCheckCommand.Execute(Request(settings, arguments), _streams),
            SubcommandTable.Bisect => BisectCommand.Execute(Request(settings, arguments), _streams),
            SubcommandTable.Disassemble => DisassembleCommand.Execute(arguments[0], _streams),
            SubcommandTable.Version => VersionCommand.Execute(_streams),
            _ => HelpCommand.Execute(arguments.Length == 0 ? null : arguments[0], _streams),
        };

        private RunRequest Request(RunSettings settings, string[] arguments) => new(settings, arguments[0], _scriptArguments);
    }
}

using System;
using System.Diagnostics.CodeAnalysis;
using Lyra.Cli.Options;

namespace Lyra.Cli.CommandLine;

/// <summary>
/// Reads the options in front of FILE by hand. This is the only place that does, for two reasons. First, a well-formed <c>lyra run</c>
/// starts without System.CommandLine, which takes 5 of 55 ms of processor time to load and set up (16 of 121 ms where nothing is
/// precompiled). Second, System.CommandLine would treat options after FILE as its own, but they belong to the script. <see
/// cref="CommandLineParser"/> does everything else, errors included.
/// </summary>
internal static class OptionScanner
{
    private const string EndOfOptions = "--";

    /// <summary>
    /// Parses <c>lyra run [OPTIONS] FILE [ARGS…]</c>. Returns false if anything is wrong, or if it is another subcommand.
    /// </summary>
    public static bool TryParseRun(string[] arguments, [NotNullWhen(true)] out RunRequest? request)
    {
        request = null;
        if (arguments.Length < 2 || arguments[0] != SubcommandTable.Run)
        {
            return false;
        }

        RunSettings settings = new();

        // Most commands have no options. The table of them need not be made then.
        int file = IsOption(arguments[1]) ? FindFile(arguments, RunOptions.All, settings) : 1;
        if (file < 0)
        {
            return false;
        }

        request = new RunRequest(settings, arguments[file], arguments[(file + 1)..]);
        return true;
    }

    /// <summary>
    /// Separates the arguments of the script from those of the command. The script gets everything after FILE, or after <c>--</c> for a
    /// subcommand of many files. The subcommand's own options may also come directly after FILE; a <c>--</c> ends them.
    /// </summary>
    public static (string[] Command, string[] Script) Split(string[] arguments, Subcommand subcommand)
    {
        if (subcommand.PassesArgumentsAfterDashes && Array.IndexOf(arguments, EndOfOptions) is > 0 and int dashes)
        {
            return (arguments[..dashes], arguments[(dashes + 1)..]);
        }

        if (!subcommand.PassesArguments || FindFile(arguments, subcommand.Options, settings: null) is not (>= 0 and int file))
        {
            return (arguments, []);
        }

        int end = SkipOptions(arguments, file + 1, subcommand.OwnOptions, settings: null);
        string[] command = [arguments[0], .. arguments[(file + 1)..end], .. arguments[1..(file + 1)]];
        bool hasEndOfOptions = subcommand.OwnOptions.Length > 0 && end < arguments.Length && arguments[end] == EndOfOptions;
        return (command, arguments[(hasEndOfOptions ? end + 1 : end)..]);
    }

    /// <summary>The position of FILE; -1 if there is none, or if something before it is not a known option.</summary>
    private static int FindFile(string[] arguments, CommandOption[] options, RunSettings? settings)
    {
        int end = SkipOptions(arguments, 1, options, settings);
        if (end < arguments.Length && arguments[end] == EndOfOptions)
        {
            end++;
            return end < arguments.Length ? end : -1;
        }

        return end < arguments.Length && !IsOption(arguments[end]) ? end : -1;
    }

    /// <summary>
    /// The position of the first argument that is neither a known option nor its value. Applies the options to <paramref name="settings"/>
    /// unless it is null.
    /// </summary>
    private static int SkipOptions(string[] arguments, int start, CommandOption[] options, RunSettings? settings)
    {
        int i = start;
        while (i < arguments.Length)
        {
            string argument = arguments[i];
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            CommandOption? option = Find(options, equals < 0 ? argument : argument.AsSpan(0, equals));
            bool takesNext = option?.ValueName is not null && equals < 0;
            if (option is null || (settings is not null && option.ValueName is null && equals >= 0))
            {
                return i;
            }

            if (takesNext && i + 1 == arguments.Length)
            {
                return arguments.Length;
            }

            if (settings is not null)
            {
                option.Apply(settings, takesNext ? arguments[i + 1] : equals < 0 ? string.Empty : argument[(equals + 1)..]);
            }

            i += takesNext ? 2 : 1;
        }

        return i;
    }

    /// <summary>Whether an argument looks like an option. A lone <c>-</c> does not.</summary>
    public static bool IsOption(string argument) => argument.Length > 1 && argument[0] == '-';

    private static CommandOption? Find(CommandOption[] options, ReadOnlySpan<char> name)
    {
        foreach (CommandOption option in options)
        {
            if (name.SequenceEqual(option.Name))
            {
                return option;
            }
        }

        return null;
    }
}

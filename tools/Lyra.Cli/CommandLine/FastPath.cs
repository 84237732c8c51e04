using System;
using System.Diagnostics.CodeAnalysis;

namespace Lyra.Cli.CommandLine;

/// <summary>Gives the option of a name; null when there is none.</summary>
internal delegate RunOption? OptionFinder(ReadOnlySpan<char> name);

/// <summary>
/// Parses a well-formed <c>lyra run [OPTIONS] FILE [ARGS…]</c> without System.CommandLine, which takes 10 ms to load and set up where nothing is
/// compiled ahead of time: half of what a whole C# hello world takes. Whatever is not plainly right is left to
/// <see cref="CommandLineParser"/>, which explains it.
/// </summary>
internal static class FastPath
{
    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out RunRequest? request)
    {
        request = null;
        if (arguments.Length < 2 || arguments[0] != "run")
        {
            return false;
        }

        RunSettings settings = new();
        int file = FindFile(arguments, 1, settings);
        if (file < 0)
        {
            return false;
        }

        request = new RunRequest(settings, arguments[file], arguments[(file + 1)..]);
        return true;
    }

    /// <summary>
    /// The position of FILE, the first argument that is neither an option nor its value; -1 when there is none or something before it is not a
    /// known option. Applies the options to <paramref name="settings"/> where it is given.
    /// </summary>
    public static int FindFile(string[] arguments, int start, RunSettings? settings) => FindFile(arguments, start, settings, RunOptions.Find);

    /// <summary>As <see cref="FindFile(string[], int, RunSettings?)"/>, for a call that has other options.</summary>
    public static int FindFile(string[] arguments, int start, RunSettings? settings, OptionFinder find)
    {
        int i = start;
        while (i < arguments.Length)
        {
            string argument = arguments[i];
            if (argument == "--")
            {
                return i + 1 < arguments.Length ? i + 1 : -1;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                return i;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            RunOption? option = find(equals < 0 ? argument : argument.AsSpan(0, equals));
            bool takesNext = option?.ValueName is not null && equals < 0;
            if (option is null || (option.ValueName is null && equals >= 0) || (takesNext && i + 1 == arguments.Length))
            {
                return -1;
            }

            if (settings is not null)
            {
                option.Apply(settings, takesNext ? arguments[i + 1] : equals < 0 ? string.Empty : argument[(equals + 1)..]);
            }

            i += takesNext ? 2 : 1;
        }

        return -1;
    }
}

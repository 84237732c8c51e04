using System;
using System.CommandLine;
using System.IO;
using Lyra.Fuzz.Commands;

namespace Lyra.Fuzz;

/// <summary>The command <c>lyra-fuzz</c>. Exit codes: see <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => Execute(arguments, Console.Out, Console.Error);

    internal static int Execute(string[] arguments, TextWriter output, TextWriter errors)
    {
        ParseResult parsed = CommandTree.Create(output).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine($"lyra-fuzz: {parsed.Errors[^1].Message.TrimEnd('.')}; see lyra-fuzz --help");
            return ExitCodes.BadUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            errors.WriteLine($"lyra-fuzz: {e.Message}");
            return ExitCodes.BadUsage;
        }
    }
}

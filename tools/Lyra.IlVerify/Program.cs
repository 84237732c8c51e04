using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using Lyra.IlVerify.Reports;

namespace Lyra.IlVerify;

/// <summary>The command <c>lyra-ilverify</c>. Exit codes: see <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Argument<string[]> files = new("FILE") { Description = "assemblies to verify", Arity = ArgumentArity.OneOrMore };
        Option<string[]> folders = new("-r", "--reference") { Description = "a folder where referenced assemblies are looked for" };
        Option<VerifierError[]> ignored = new("-g", "--ignore-error") { Description = "an error code that is not reported" };
        RootCommand root = new("Verifies the IL of assemblies after ECMA-335 partition III.") { files, folders, ignored };
        int code = ExitCodes.Clean;
        root.SetAction(result => code = Verify(result.GetValue(files) ?? [], result.GetValue(folders) ?? [], result.GetValue(ignored) ?? []));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"lyra-ilverify: {parsed.Errors[0].Message}");
            return ExitCodes.BadUsage;
        }

        int invoked = parsed.Invoke();
        return code == ExitCodes.Clean ? invoked : code;
    }

    private static int Verify(string[] files, string[] folders, VerifierError[] ignored)
    {
        HashSet<VerifierError> silent = [.. ignored];
        int count = 0;
        foreach (string file in files)
        {
            try
            {
                count += WriteMessages(AssemblyVerifier.Verify(file, folders), silent);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
            {
                Console.Error.WriteLine($"lyra-ilverify: cannot read {file}: {e.Message}");
                return ExitCodes.BadUsage;
            }
        }

        Console.Out.WriteLine(count == 0 ? $"All classes and methods in {string.Join(", ", files)} verified." : $"{count} error(s) found.");
        return count == 0 ? ExitCodes.Clean : ExitCodes.Faulty;
    }

    private static int WriteMessages(IReadOnlyList<Message> messages, HashSet<VerifierError> silent)
    {
        int count = 0;
        foreach (Message message in messages)
        {
            if (!silent.Contains(message.Error))
            {
                Console.Out.WriteLine(message.ToString());
                count++;
            }
        }

        return count;
    }
}

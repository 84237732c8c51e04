using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using Lyra.IlVerify.Reports;

namespace Lyra.IlVerify;

/// <summary>The command <c>lyra-ilverify</c>. Exit codes: see <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => Execute(arguments, Console.Out, Console.Error);

    internal static int Execute(string[] arguments, TextWriter output, TextWriter errors)
    {
        Argument<string[]> files = new("FILE") { Description = "assemblies to verify" };
        files.Validators.Add(RefuseOptions);
        Option<string[]> folders = new("-r", "--reference")
        {
            Description = "folders to search for referenced assemblies",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        folders.Validators.Add(RefuseMissing);
        Option<VerifierError[]> ignored = new("-g", "--ignore-error") { Description = "an error code to ignore" };
        RootCommand root = new("Verifies the IL of assemblies according to ECMA-335, partition III.") { files, folders, ignored };
        int code = ExitCodes.Clean;
        root.SetAction(result => code = Verify(
            new Request(result.GetValue(files) ?? [], result.GetValue(folders) ?? [], [.. result.GetValue(ignored) ?? []]), output,
            errors));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine($"lyra-ilverify: {parsed.Errors[0].Message.TrimEnd('.')}; see lyra-ilverify --help");
            return ExitCodes.BadUsage;
        }

        int invoked = parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return code == ExitCodes.Clean ? invoked : code;
    }

    /// <summary>System.CommandLine treats an unknown option as an argument.</summary>
    private static void RefuseOptions(ArgumentResult files)
    {
        foreach (Token token in files.Tokens)
        {
            if (token.Value.StartsWith('-'))
            {
                files.AddError($"there is no option '{token.Value}'");
            }
        }
    }

    /// <summary>An argument after the folders may also be an assembly: folders and assemblies may be in any order.</summary>
    private static void RefuseMissing(OptionResult folders)
    {
        foreach (Token token in folders.Tokens)
        {
            if (!Path.Exists(token.Value))
            {
                folders.AddError($"-r names the folder '{token.Value}', which does not exist");
            }
        }
    }

    private static int Verify(Request request, TextWriter output, TextWriter errors)
    {
        if (request.Files.Length == 0)
        {
            errors.WriteLine("lyra-ilverify: no assembly is named; see lyra-ilverify --help");
            return ExitCodes.BadUsage;
        }

        int count = 0;
        foreach (string file in request.Files)
        {
            try
            {
                IReadOnlyList<Message> messages = AssemblyVerifier.Verify(file, request.Folders);
                count += WriteMessages(messages, request.Ignored, output);
                HintAtFolders(messages, errors);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
            {
                errors.WriteLine($"lyra-ilverify: cannot read {file}: {e.Message}");
                return ExitCodes.BadUsage;
            }
        }

        output.WriteLine(count == 0 ? $"All classes and methods in {string.Join(", ", request.Files)} verified."
            : $"{count} error(s) found.");
        return count == 0 ? ExitCodes.Clean : ExitCodes.Faulty;
    }

    /// <summary>References of an assembly are often in a folder that the user has not named.</summary>
    private static void HintAtFolders(IReadOnlyList<Message> messages, TextWriter errors)
    {
        if (messages.Any(static message => message.Error == VerifierError.TokenResolve))
        {
            errors.WriteLine("lyra-ilverify: some references of the assembly were not found; add a folder to search with -r FOLDER");
        }
    }

    private static int WriteMessages(IReadOnlyList<Message> messages, HashSet<VerifierError> silent, TextWriter output)
    {
        int count = 0;
        foreach (Message message in messages)
        {
            if (!silent.Contains(message.Error))
            {
                output.WriteLine(message.ToString());
                count++;
            }
        }

        return count;
    }

    /// <summary>The assemblies to verify, and the options.</summary>
    /// <param name="named">The assemblies.</param>
    /// <param name="references">The folders, and any assemblies after them.</param>
    /// <param name="ignored">The errors that are not reported.</param>
    private sealed class Request(string[] named, string[] references, HashSet<VerifierError> ignored)
    {
        public string[] Files { get; } = [.. named, .. Array.FindAll(references, File.Exists)];

        public string[] Folders { get; } = Array.FindAll(references, Directory.Exists);

        public HashSet<VerifierError> Ignored => ignored;
    }
}

using System;
using System.IO;
using System.Linq;
using SharpFuzz;

namespace Lyra.Fuzz.Coverage;

/// <summary>
/// The program that afl-fuzz runs: <c>lyra-fuzz-coverage TARGET</c>. With a file as second argument, it executes that input once, with
/// libraries that sharpfuzz has not rewritten, and an exception of Lyra's code ends it.
/// <c>lyra-fuzz-coverage seeds TARGET FOLDER</c> writes the first inputs.
/// </summary>
internal static class Program
{
    private static readonly string[] Names = ["parser", "loader", "regex", "json"];

    private static int Main(string[] arguments)
    {
        if (arguments is ["seeds", var name, var folder])
        {
            Seeds.Write(name, folder);
            return 0;
        }

        if (arguments.Length is < 1 or > 2 || !Names.Contains(arguments[0]))
        {
            Console.Error.WriteLine($"usage: lyra-fuzz-coverage {string.Join('|', Names)} [INPUT]");
            return 2;
        }

        if (arguments.Length == 2)
        {
            Targets.All[arguments[0]](File.ReadAllBytes(arguments[1]));
            return 0;
        }

        // Rewritten code works only in here: SharpFuzz provides the memory into which it writes.
        Fuzzer.Run(input =>
        {
            using MemoryStream bytes = new();
            input.CopyTo(bytes);
            Targets.All[arguments[0]](bytes.ToArray());
        });
        return 0;
    }
}

using System;
using System.Globalization;

namespace Lyra.Bench.Service;

/// <summary>Reads the options after a subcommand.</summary>
internal static class Switches
{
    /// <summary>The number after an option, or a default.</summary>
    /// <exception cref="ArgumentException">The text after the option is not a positive number.</exception>
    public static int Number(string[] args, string name, int otherwise)
    {
        int at = Array.IndexOf(args, name);
        if (at < 0)
        {
            return otherwise;
        }

        return at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number > 0
            ? number
            : throw new ArgumentException($"{name} expects a positive number, for example {name} {otherwise}.");
    }

    public static bool Has(string[] args, string name) => Array.IndexOf(args, name) >= 0;
}

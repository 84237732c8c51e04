using System;
using System.Globalization;

namespace Lyra.Bench.Service;

/// <summary>Reads the options behind a verb.</summary>
internal static class Switches
{
    /// <summary>The number behind an option, or a default.</summary>
    /// <exception cref="ArgumentException">It is no positive number.</exception>
    public static int Number(string[] args, string name, int otherwise)
    {
        int at = Array.IndexOf(args, name);
        if (at < 0)
        {
            return otherwise;
        }

        return at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"{name} takes a positive number, such as {name} {otherwise}.");
    }

    /// <summary>Whether an option is given.</summary>
    public static bool Has(string[] args, string name) => Array.IndexOf(args, name) >= 0;
}

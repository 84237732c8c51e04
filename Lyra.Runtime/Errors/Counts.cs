namespace Lyra.Runtime.Errors;

/// <summary>Formats counts in messages, with singular and plural.</summary>
internal static class Counts
{
    /// <summary><c>1 byte</c>, <c>2 bytes</c>.</summary>
    public static string Of(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";

    /// <summary>
    /// Describes a wrong number of arguments: <c>push(v) takes 1 argument, but none was given</c>. All numbers exclude the receiver: they
    /// count the arguments between the parentheses.
    /// </summary>
    /// <param name="callee">The callee's name and parameters.</param>
    /// <param name="least">The fewest arguments that it accepts.</param>
    /// <param name="most">The most arguments that it accepts; <see cref="int.MaxValue"/> for any number.</param>
    /// <param name="given">The number of arguments of the call.</param>
    public static string Arguments(string callee, int least, int most, int given)
    {
        string expected = most == int.MaxValue ? $"at least {Of(least, "argument")}"
            : least < most ? $"{least} to {Of(most, "argument")}"
            : most == 0 ? "no arguments"
            : Of(most, "argument");
        string found = given == 0 ? "none was given" : given == 1 ? "1 was given" : $"{given} were given";
        return $"{callee} takes {expected}, but {found}";
    }
}

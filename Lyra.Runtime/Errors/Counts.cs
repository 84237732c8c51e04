namespace Lyra.Runtime.Errors;

/// <summary>Counts in the texts of messages: the one place that knows singular and plural.</summary>
internal static class Counts
{
    /// <summary><c>1 byte</c>, <c>2 bytes</c>.</summary>
    public static string Of(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";

    /// <summary>
    /// What is wrong with the number of arguments of a call: <c>push(v) takes 1 argument, but none was given</c>. Receivers count on no side: the
    /// numbers are those of what stands between the parentheses.
    /// </summary>
    /// <param name="callee">What was called.</param>
    /// <param name="least">The fewest that it takes.</param>
    /// <param name="most">The most that it takes; <see cref="int.MaxValue"/> for any number.</param>
    /// <param name="given">How many were written.</param>
    public static string Arguments(string callee, int least, int most, int given)
    {
        string wanted = most == int.MaxValue ? $"at least {Of(least, "argument")}"
            : least < most ? $"{least} to {Of(most, "argument")}"
            : most == 0 ? "no arguments"
            : Of(most, "argument");
        string found = given == 0 ? "none was given" : given == 1 ? "1 was given" : $"{given} were given";
        return $"{callee} takes {wanted}, but {found}";
    }
}

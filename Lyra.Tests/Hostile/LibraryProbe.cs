
namespace Lyra.Tests.Hostile;

/// <summary>
/// A call of an intrinsic or operator with an input of the size in <see cref="ProbeInputs"/>, and what the call may cost.
/// </summary>
/// <param name="Name">The intrinsic's qualified name, or the operator's name.</param>
/// <param name="Call">The call; empty for an intrinsic that neither loops nor allocates.</param>
/// <param name="Work">The number of elements, code units or 64-bit words that the call processes; 0 if it does not loop.</param>
/// <param name="Bounded">Why its results cannot fill the memory; empty if they can.</param>
internal sealed record LibraryProbe(string Name, string Call, int Work, string Bounded)
{
    /// <summary>Loops over its input and allocates a result of about that size or larger.</summary>
    public static LibraryProbe Makes(string name, string call, int work = 0) => new(name, call, work, "");

    /// <summary>Loops over its input only.</summary>
    public static LibraryProbe Reads(string name, string call, int work, string bounded = "gives one value, or one that was there") =>
        new(name, call, work, bounded);

    /// <summary>Takes constant time and allocates a bounded result.</summary>
    public static LibraryProbe Fixed(string name, string bounded) => new(name, "", 0, bounded);

    public override string ToString() => $"{Name}: {Call}";
}

using System;
using Lyra.Fuzz.Oracles;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Reducing;

/// <summary>Tests whether a program still shows the mismatch that is being reduced.</summary>
/// <param name="known">The mismatch.</param>
internal sealed class MismatchTest(Mismatch known)
{
    private readonly Differential _differential = new() { Oracles = RunOracles.Create() };

    /// <summary>Compares the two runs in question; returns their mismatch, or null if they agree.</summary>
    /// <exception cref="LyraCompileException">The program does not compile.</exception>
    public Mismatch? Find(string source) => _differential.Compare(source, known.Reference, known.Plan);

    public bool Shows(string source)
    {
        try
        {
            return Find(source) is { } found && found.IsLike(known) && HasSameFault(found);
        }
        catch (LyraCompileException)
        {
            return false;
        }
    }

    /// <summary>The first line of a fault identifies it, except for names and numbers after the first quotation mark.</summary>
    private bool HasSameFault(Mismatch found) => known.Difference.Kind != DifferenceKind.Fault || Head(found) == Head(known);

    private static string Head(Mismatch mismatch)
    {
        string line = mismatch.Difference.Text.Split('\n')[0];
        return line[..Math.Min(line.Length, 60)].Split('\'', '"', '%')[0];
    }
}

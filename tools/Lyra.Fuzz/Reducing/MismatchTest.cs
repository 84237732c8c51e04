using System;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Reducing;

/// <summary>Whether a program still shows the mismatch that is being reduced.</summary>
/// <param name="known">The mismatch.</param>
internal sealed class MismatchTest(Mismatch known)
{
    private readonly Differential _differential = new();

    /// <summary>What a program shows, if anything, in the two runs in question.</summary>
    /// <exception cref="LyraCompileException">It does not compile.</exception>
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

    /// <summary>Of faults the first line says what they are, up to names and numbers behind the first quotation mark.</summary>
    private bool HasSameFault(Mismatch found) => known.Difference.Kind != DifferenceKind.Fault || Head(found) == Head(known);

    private static string Head(Mismatch mismatch)
    {
        string line = mismatch.Difference.Text.Split('\n')[0];
        return line[..Math.Min(line.Length, 60)].Split('\'', '"', '%')[0];
    }
}

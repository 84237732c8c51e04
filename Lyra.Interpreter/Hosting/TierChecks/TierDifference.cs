namespace Lyra;

/// <summary>A difference between a run and the first run, which is in the interpreter.</summary>
/// <param name="Run">The run.</param>
/// <param name="Aspect">What differs.</param>
/// <param name="Place">The place of the difference, such as a line of the output or the path to a value; may be empty.</param>
/// <param name="Expected">The text or value of the first run.</param>
/// <param name="Actual">The text or value of this run.</param>
public sealed record TierDifference(TierRun Run, TierAspect Aspect, string Place, string Expected, string Actual)
{
    /// <summary>Returns the difference in one sentence.</summary>
    public override string ToString()
    {
        string where = Place.Length == 0 ? string.Empty : $" at {Place}";
        return $"{Run}: {Aspect.ToString().ToLowerInvariant()}{where}: {Actual}; interpreted: {Expected}";
    }
}

namespace Lyra;

/// <summary>Something in which a run was not as the first one, in the interpreter.</summary>
/// <param name="Run">The run.</param>
/// <param name="Aspect">In what it differs.</param>
/// <param name="Place">Where: a line of the output, a way to a value; empty where there is nothing to add to the aspect.</param>
/// <param name="Expected">What the first run gave there.</param>
/// <param name="Actual">What this run gave there.</param>
public sealed record TierDifference(TierRun Run, TierAspect Aspect, string Place, string Expected, string Actual)
{
    /// <summary>The difference in one sentence.</summary>
    public override string ToString()
    {
        string where = Place.Length == 0 ? string.Empty : $" at {Place}";
        return $"{Run}: {Aspect.ToString().ToLowerInvariant()}{where}: {Actual}; interpreted: {Expected}";
    }
}

namespace Lyra;

/// <summary>A loop that was executed.</summary>
/// <param name="Proc">The proc that it belongs to.</param>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The line at which it begins, from 1.</param>
/// <param name="Iterations">How often its body was begun; for <c>while</c>, how often its condition was evaluated.</param>
/// <param name="CompiledIterations">How many of these iterations began in compiled code.</param>
public sealed record ProfiledLoop(string Proc, string File, int Line, long Iterations, long CompiledIterations)
{
    /// <summary>The number of iterations beyond which a loop is hot.</summary>
    public const int HotIterations = 1_000;

    /// <summary>Whether the loop is worth a look.</summary>
    public bool IsHot => Iterations > HotIterations;
}

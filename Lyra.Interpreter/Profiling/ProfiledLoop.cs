namespace Lyra;

/// <summary>A loop that was executed.</summary>
/// <param name="Proc">The proc that it belongs to.</param>
/// <param name="File">The file, as traces name it.</param>
/// <param name="Line">The line at which it begins, from 1.</param>
/// <param name="Rounds">How often its body was begun; for <c>while</c>, how often its condition was evaluated.</param>
/// <param name="CompiledRounds">How many of these rounds began in compiled code.</param>
public sealed record ProfiledLoop(string Proc, string File, int Line, long Rounds, long CompiledRounds)
{
    /// <summary>The number of rounds beyond which a loop is hot.</summary>
    public const int HotRounds = 1_000;

    /// <summary>Whether the loop is worth a look.</summary>
    public bool IsHot => Rounds > HotRounds;
}

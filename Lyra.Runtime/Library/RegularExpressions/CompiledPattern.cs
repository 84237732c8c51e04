using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>A pattern as instructions of <see cref="MatchOp"/>. Immutable.</summary>
internal sealed class CompiledPattern
{
    /// <summary>The most code units of a pattern.</summary>
    public const int MaxLength = 65_536;

    /// <summary>The start and end of a group's last capture, and the index of the one before it among the captures that are kept.</summary>
    public const int SlotsPerGroup = 3;

    /// <summary>The text of the pattern.</summary>
    public required string Text { get; init; }

    public required int[] Code { get; init; }

    public required string[] Texts { get; init; }

    public required CharacterSet[] Sets { get; init; }

    public required UnitMask[] Masks { get; init; }

    /// <summary>The tables of <see cref="MatchOp.Switch"/>.</summary>
    public required int[][] Tables { get; init; }

    public required GroupTable Groups { get; init; }

    /// <summary>Where a match can begin.</summary>
    public required MatchStart Start { get; init; }

    /// <summary>
    /// The address of a <see cref="MatchOp.Run"/> without a maximum with which every match begins, if no match begins inside a run from
    /// which none began; otherwise 0.
    /// </summary>
    public required int LeadingRun { get; init; }

    /// <summary>The words of state that a match needs. The first ones belong to the groups; see <see cref="SlotsPerGroup"/>.</summary>
    public required int SlotCount { get; init; }

    /// <summary>
    /// The number of choice points in the code, in each state of the loops around, if what follows one depends only on that, the text and
    /// the position; otherwise 0. Then a choice point that has failed at a position fails there whenever it is reached again.
    /// </summary>
    public required int MemoPoints { get; init; }

    /// <summary>
    /// The scopes of the loops that keep state. The first one is null, for what is outside of such loops. All are null if nothing is
    /// remembered.
    /// </summary>
    public required LoopScope?[] Scopes { get; init; }

    /// <summary>The number of <see cref="RunMemory"/> that a search needs.</summary>
    public required int RunCount { get; init; }

    /// <summary>
    /// Whether what follows a part of the pattern depends only on the text, the position, and the state of the loops around the part.
    /// </summary>
    public required bool IsPure { get; init; }

    /// <summary>Whether a group removes captures of another one.</summary>
    public required bool HasBalancing { get; init; }

    /// <summary>The bytes of the object and of everything that it refers to.</summary>
    public required long Bytes { get; init; }

    /// <summary>Compiles a pattern and charges for it.</summary>
    /// <exception cref="PatternException">The text is no pattern, or is beyond a bound.</exception>
    public static CompiledPattern Create(ScriptContext context, string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw new PatternException($"the pattern has {Counts.Of(pattern.Length, "code unit")}, more than {MaxLength}: split it");
        }

        context.Charge(1 + (pattern.Length >> 3));
        PatternMemory memory = new(context);
        context.Protect(memory);
        GroupTable groups = new GroupCounter(memory, pattern).Count();
        PatternNode root = new RegexParser(memory, pattern, groups).Parse();
        CompiledPattern compiled = new PatternCompiler(memory, groups).Compile(root, pattern);
        context.Unprotect();
        return compiled;
    }
}

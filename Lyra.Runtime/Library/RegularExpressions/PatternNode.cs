using System.Collections.Generic;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>A part of a pattern.</summary>
internal sealed class PatternNode(PatternNodeKind kind, PatternOptions options)
{
    /// <summary>About the bytes of a node and its place in its parent.</summary>
    public const int Bytes = 128;

    private bool? _isNullable;
    private (UnitMask Mask, bool MayPass)? _first;

    public PatternNodeKind Kind { get; } = kind;

    public bool IsRightToLeft { get; } = (options & PatternOptions.RightToLeft) != 0;

    public bool IgnoresCase { get; } = (options & PatternOptions.IgnoreCase) != 0;

    /// <summary>The code units of a <see cref="PatternNodeKind.Text"/>.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The set of a <see cref="PatternNodeKind.Set"/>.</summary>
    public CharacterSet? Set { get; init; }

    /// <summary>The index of the group that captures or is referred to; null for a balancing group that captures nothing.</summary>
    public int? Group { get; init; }

    /// <summary>The index of the group whose last capture a balancing group removes.</summary>
    public int? Balanced { get; init; }

    /// <summary>The fewest iterations of a loop.</summary>
    public int Min { get; init; }

    /// <summary>The most iterations of a loop.</summary>
    public int Max { get; init; }

    /// <summary>Whether a loop prefers to end.</summary>
    public bool IsLazy { get; init; }

    /// <summary>The parts; those of a condition are its test, if it is one, and its branches.</summary>
    public List<PatternNode> Children { get; } = [];

    /// <summary>Whether it matches one code unit, whatever the text is.</summary>
    public bool IsOneUnit => Kind == PatternNodeKind.Set || (Kind == PatternNodeKind.Text && Text.Length == 1);

    /// <summary>Whether it may match the empty text.</summary>
    public bool IsNullable => _isNullable ??= Kind switch
    {
        PatternNodeKind.Text or PatternNodeKind.Set => false,
        PatternNodeKind.Sequence => Children.TrueForAll(static child => child.IsNullable),
        PatternNodeKind.Alternation => Children.Exists(static child => child.IsNullable),
        PatternNodeKind.Group or PatternNodeKind.Capture or PatternNodeKind.Atomic => Children[0].IsNullable,
        PatternNodeKind.Loop => Min == 0 || Children[0].IsNullable,
        PatternNodeKind.Empty or PatternNodeKind.Reference or PatternNodeKind.Beginning or PatternNodeKind.LineStart
            or PatternNodeKind.End or PatternNodeKind.EndOrNewline or PatternNodeKind.LineEnd or PatternNodeKind.SearchStart
            or PatternNodeKind.Boundary or PatternNodeKind.NoBoundary or PatternNodeKind.Look or PatternNodeKind.NegativeLook
            or PatternNodeKind.GroupCondition or PatternNodeKind.Condition => true,
    };

    /// <summary>
    /// What must come next in a text for this part to match; <c>MayPass</c> if the part may also match without it, so that it depends on
    /// what follows. Unknown for a part that is matched from right to left.
    /// </summary>
    public (UnitMask Mask, bool MayPass) First => _first ??=
        IsRightToLeft && Kind is not (PatternNodeKind.Look or PatternNodeKind.NegativeLook)
            ? (UnitMask.Everything, true)
            : FirstFromLeft();

    private (UnitMask Mask, bool MayPass) FirstFromLeft() => Kind switch
    {
        PatternNodeKind.Text => (UnitMask.Of(Text[0]), false),
        PatternNodeKind.Set => (UnitMask.Of(Set!), false),
        PatternNodeKind.End => (UnitMask.End, false),
        PatternNodeKind.EndOrNewline or PatternNodeKind.LineEnd => (UnitMask.EndOrNewline, false),
        PatternNodeKind.Reference or PatternNodeKind.GroupCondition or PatternNodeKind.Condition => (UnitMask.Everything, false),
        PatternNodeKind.Sequence => FirstOfSequence(),
        PatternNodeKind.Alternation => FirstOfAlternation(),
        PatternNodeKind.Group or PatternNodeKind.Capture or PatternNodeKind.Atomic => Children[0].First,
        PatternNodeKind.Loop => (Children[0].First.Mask, Min == 0 || Children[0].First.MayPass),
        PatternNodeKind.Empty or PatternNodeKind.Beginning or PatternNodeKind.LineStart or PatternNodeKind.SearchStart
            or PatternNodeKind.Boundary or PatternNodeKind.NoBoundary or PatternNodeKind.Look or PatternNodeKind.NegativeLook =>
            (default, true),
    };

    private (UnitMask Mask, bool MayPass) FirstOfSequence()
    {
        UnitMask mask = default;
        foreach (PatternNode child in Children)
        {
            mask |= child.First.Mask;
            if (!child.First.MayPass)
            {
                return (mask, false);
            }
        }

        return (mask, true);
    }

    private (UnitMask Mask, bool MayPass) FirstOfAlternation()
    {
        UnitMask mask = default;
        bool mayPass = false;
        foreach (PatternNode child in Children)
        {
            mask |= child.First.Mask;
            mayPass |= child.First.MayPass;
        }

        return (mask, mayPass);
    }
}

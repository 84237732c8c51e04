namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The kinds of <see cref="PatternNode"/>. Those from <see cref="Sequence"/> on have children.</summary>
internal enum PatternNodeKind : byte
{
    Empty,
    Text,
    Set,
    Reference,

    /// <summary><c>^</c> or <c>\A</c>: at the start of the text.</summary>
    Beginning,

    /// <summary><c>^</c> with option <c>m</c>.</summary>
    LineStart,

    /// <summary><c>\z</c>: at the end of the text.</summary>
    End,

    /// <summary><c>$</c> or <c>\Z</c>: at the end of the text, or at a newline that ends it.</summary>
    EndOrNewline,

    /// <summary><c>$</c> with option <c>m</c>.</summary>
    LineEnd,

    /// <summary><c>\G</c>: where the search began.</summary>
    SearchStart,

    /// <summary><c>\b</c>.</summary>
    Boundary,

    /// <summary><c>\B</c>.</summary>
    NoBoundary,

    Sequence,
    Alternation,
    Group,

    /// <summary>A group that captures, or that balances another one.</summary>
    Capture,

    /// <summary>A group whose alternatives are dropped once it has matched.</summary>
    Atomic,

    /// <summary>A lookahead or a lookbehind.</summary>
    Look,

    /// <summary>A lookahead or a lookbehind that must not match.</summary>
    NegativeLook,

    /// <summary><c>(?(1)yes|no)</c>: the children are the branches.</summary>
    GroupCondition,

    /// <summary><c>(?(test)yes|no)</c>: the children are the test and the branches.</summary>
    Condition,

    Loop,
}

using System;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The inline options of a pattern, and the direction in which a lookbehind reads.</summary>
[Flags]
internal enum PatternOptions : byte
{
    None = 0,

    /// <summary>Option <c>i</c>.</summary>
    IgnoreCase = 1,

    /// <summary>Option <c>m</c>: <c>^</c> and <c>$</c> match at every line.</summary>
    Multiline = 2,

    /// <summary>Option <c>n</c>: only named groups capture.</summary>
    ExplicitCapture = 4,

    /// <summary>Option <c>s</c>: a dot matches a newline, too.</summary>
    Singleline = 8,

    /// <summary>Option <c>x</c>: blanks and comments in the pattern have no meaning.</summary>
    IgnoreWhitespace = 16,

    /// <summary>Inside a lookbehind, which reads from right to left.</summary>
    RightToLeft = 32,
}

using System;

namespace Lyra.Interpreter.Syntax;

/// <summary>The surroundings of a token that change its meaning. Each bracket sets its own.</summary>
[Flags]
internal enum Surroundings : byte
{
    None = 0,

    /// <summary>A newline ends a statement.</summary>
    Lines = 1,

    /// <summary>The head of <c>if</c>, <c>while</c>, <c>for</c> or <c>match</c>: a brace after a name begins the body.</summary>
    Head = 2,

    /// <summary>The guard of an arm: <c>=></c> ends it.</summary>
    Guard = 4,
}

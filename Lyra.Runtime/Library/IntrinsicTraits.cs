using System;

namespace Lyra.Runtime.Library;

/// <summary>
/// The effects of an intrinsic, and how it is called. Without any trait an intrinsic may do anything, and only the interpreter calls it.
/// </summary>
[Flags]
internal enum IntrinsicTraits : byte
{
    None = 0,

    /// <summary>May run script code (callbacks, hooks): counts as a frame.</summary>
    CallsBack = 1,

    /// <summary>A call with a struct as the first argument prefers the struct's own method of this name.</summary>
    MethodFirst = 2,

    /// <summary>
    /// Changes nothing that a script can observe, so that a call that failed can be repeated. A handler earns this trait by what it has
    /// done when a charge in it fails.
    /// </summary>
    Restartable = 4,

    /// <summary>Depends on its arguments alone and has no effect: may be folded, moved and removed.</summary>
    Pure = 8 | Restartable,

    /// <summary>Changes its first argument and nothing else, and only after everything in it that may fail.</summary>
    WritesFirstArgument = 16,
}

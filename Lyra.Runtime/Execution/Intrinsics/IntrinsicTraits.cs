using System;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The effects of an intrinsic, and how it is called. An intrinsic without traits may have any effect, and only the interpreter calls it.
/// </summary>
[Flags]
internal enum IntrinsicTraits : ushort
{
    None = 0,

    /// <summary>May run script code (callbacks, hooks), so that the call counts as a frame.</summary>
    CallsBack = 1,

    /// <summary>A call with a struct as the first argument prefers the struct's own method of this name.</summary>
    MethodFirst = 2,

    /// <summary>
    /// A call that fails has changed nothing that a script can observe, so that compiled code may exit and the interpreter may execute the
    /// call again. This must also hold if a charge in the handler fails.
    /// </summary>
    Restartable = 4,

    /// <summary>Depends only on its arguments and has no effect, so that it may be folded, moved and removed.</summary>
    Pure = 8 | Restartable,

    /// <summary>
    /// Changes only its first argument, and only after every operation that may fail; or a call that failed after its first change does the
    /// same when it is executed again, or has taken its changes back if compiled code made it.
    /// </summary>
    WritesFirstArgument = 16,

    /// <summary>
    /// Written in Lyra: calls push the frame of a proc (<see cref="ScriptContext.FindScripted"/>), so that both tiers execute it as they
    /// execute a script. The handler, for calls by C# code, runs the same proc.
    /// </summary>
    Scripted = 32,

    /// <summary>A delegate of the host that may be called while another one with this trait has not finished its task.</summary>
    OrderIndependent = 64,

    /// <summary>Calls back only to search: the hooks <c>__eq</c> and <c>__hash</c> of its arguments and their elements.</summary>
    Searches = 128 | CallsBack,

    /// <summary>Calls back only to sort: the hooks <c>__lt</c> and <c>__le</c> of its last argument and the elements of this.</summary>
    Orders = 256 | CallsBack,

    /// <summary>
    /// Keeps no reference to its first argument if that is a list or map, neither in an object nor in its result; it may keep what that
    /// contains.
    /// </summary>
    Borrows = 512,

    /// <summary>
    /// Iterates its arguments and may stop before their end, at once or later: of these, it closes the iterators that the expression of
    /// its call has made; a builtin, called as a method, its receiver only.
    /// </summary>
    ClosesGiven = 1024,
}

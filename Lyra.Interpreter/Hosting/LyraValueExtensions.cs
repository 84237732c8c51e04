using System;
using Lyra.Runtime.Execution;

namespace Lyra;

/// <summary>What values can do with engines other than their own.</summary>
public static class LyraValueExtensions
{
    /// <summary>
    /// Copies a value, and everything in it, so that another engine can use it. Objects that occur several times are copied once, and
    /// cycles stay cycles. An instance of a struct becomes one of the struct that the other engine has under the same name, with the same
    /// fields. Immutable values are not copied. The engine of the value must not be running on another thread.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="engine">The engine that gets the copy, and is charged for it.</param>
    /// <returns>The copy, which belongs to the engine.</returns>
    /// <exception cref="ArgumentException">The value contains a proc, a task, an iterator or an error, or an instance of a struct that the
    /// engine does not have.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    /// <exception cref="LyraLimitException">The copy would exceed a limit of the engine.</exception>
    public static LyraValue CopyTo(this LyraValue value, LyraEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return new LyraValue(((IScriptCaller)engine).Copy(value.Raw));
    }
}

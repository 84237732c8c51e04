using System.Collections.Generic;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>What module <c>jit</c> may ask of the compiling tier. Implemented above this library; belongs to one engine.</summary>
internal interface IJitControl
{
    /// <summary>Whether this platform and these options let code be compiled at all.</summary>
    bool IsAvailable { get; }

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    bool IsOn { get; set; }

    /// <summary>The counters that <c>jit.stats()</c> shows, in the order they are shown.</summary>
    IReadOnlyList<KeyValuePair<string, Value>> Stats { get; }
}

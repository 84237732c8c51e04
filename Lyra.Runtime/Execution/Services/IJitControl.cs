using System.Collections.Generic;

namespace Lyra.Runtime.Execution;

/// <summary>The control of the compiling tier that module <c>jit</c> uses. A higher layer implements it; each engine has its own.</summary>
internal interface IJitControl
{
    /// <summary>Whether the platform and the engine's options permit compilation.</summary>
    bool IsAvailable { get; }

    /// <summary>Whether hot code is compiled and compiled code is entered.</summary>
    bool IsOn { get; set; }

    /// <summary>The counters that <c>jit.stats()</c> shows, in the order they are shown.</summary>
    IReadOnlyList<Figure> Stats { get; }
}

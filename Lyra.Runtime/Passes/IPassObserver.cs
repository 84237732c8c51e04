using System;

namespace Lyra.Runtime.Passes;

/// <summary>Sees the code around every pass: to verify, print, limit or time it. What it throws ends the run.</summary>
/// <typeparam name="TCode">The form of the code.</typeparam>
internal interface IPassObserver<TCode>
{
    void Before(string pass, TCode code)
    {
    }

    /// <param name="pass">The pass that has run.</param>
    /// <param name="code">The code after it, which the next pass changes.</param>
    /// <param name="elapsed">The time that it took.</param>
    void After(string pass, TCode code, TimeSpan elapsed)
    {
    }
}

using System;
using System.IO;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// A source of <c>input</c> that says whether text has arrived, so that a limit or a cancellation ends a script that waits for it, and
/// whose lines are read in pieces that are charged.
/// </summary>
internal abstract class PolledReader : TextReader
{
    /// <summary>Waits until a read returns at once, also because of the end or an error; false if the time is over before.</summary>
    public abstract bool IsReadyWithin(TimeSpan time);
}

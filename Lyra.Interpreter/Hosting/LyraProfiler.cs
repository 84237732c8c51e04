using System;
using Lyra.Interpreter.Profiling;

namespace Lyra;

/// <summary>
/// Measures what an engine executes. <see cref="LyraEngine.Profile"/> makes it. It measures the scripts and modules that the engine loads
/// until it is disposed, from their first instruction on; their procs are still measured later.
/// </summary>
public sealed class LyraProfiler : IDisposable
{
    private readonly LyraEngine _engine;
    private readonly ProfileSession _session;

    internal LyraProfiler(LyraEngine engine, ProfileSession session)
    {
        _engine = engine;
        _session = session;
    }

    /// <summary>What is measured.</summary>
    public ProfileLevel Level => _session.Level;

    /// <summary>
    /// What was measured so far. In a delegate that a running script calls, the blocks of instructions that have begun count as executed.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Another thread is using the engine; or procs ran, but the engine has loaded no script since the profile began, so that nothing was
    /// measured.
    /// </exception>
    public LyraProfile Snapshot() => _session.HasMissedAll
        ? throw new InvalidOperationException(
            "Nothing was measured: the procs that ran were loaded before the profile began. "
                + "Call engine.Profile before engine.Run loads their script, or run the script again.")
        : _engine.Read(_session);

    /// <summary>Ends the profile: what the engine loads from now on is not measured. Nothing happens if that was done before.</summary>
    public void Dispose() => _engine.End(_session);
}

using System;
using Lyra.Interpreter.Profiling;

namespace Lyra;

/// <summary>
/// Measures what an engine executes until it is disposed. <see cref="LyraEngine.Profile"/> makes it, between runs or in a delegate.
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
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public LyraProfile Snapshot() => _engine.Read(_session);

    /// <summary>Ends the profile: scripts run as without it, from the next run on. Nothing happens if that was done before.
    /// </summary>
    public void Dispose() => _engine.End(_session);
}

using System;
using Lyra.Interpreter.Profiling;

namespace Lyra;

/// <content>Profiles of what the engine executes.</content>
public sealed partial class LyraEngine
{
    private ProfileSession? _profile;

    /// <summary>
    /// Begins to measure what the engine executes: the scripts and modules that it has loaded, and those that it loads from now on. In a
    /// run that calls this method from a delegate, what was loaded before is measured from the next run on; so is a generator or task that
    /// has begun, when it is made again. Profiles do not change what a script does, nor its steps.
    /// </summary>
    /// <param name="level">What to measure; with <see cref="ProfileLevel.None"/>, nothing is measured and scripts run as always.</param>
    /// <returns>The profiler, which returns what it has measured. Dispose it to end the profile.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such level.</exception>
    /// <exception cref="InvalidOperationException">Another profile of the engine has not ended, or another thread is using the engine.
    /// </exception>
    public LyraProfiler Profile(ProfileLevel level)
    {
        if (!Enum.IsDefined(level))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "There is no such level of profiles.");
        }

        return InGate((this, level), static state => state.Item1.BeginProfile(new ProfileSession(state.level)));
    }

    internal LyraProfile Read(ProfileSession session) => InGate(session, ProfileReader.Read);

    internal void End(ProfileSession session)
    {
        if (_profile == session)
        {
            _profile = null;
            _interpreter.Profiles.End();
            session.End();
        }
    }

    internal LyraProfiler BeginProfile(ProfileSession session)
    {
        if (_profile is not null)
        {
            throw new InvalidOperationException("The engine is being profiled already; dispose the other profiler first.");
        }

        _profile = session;
        _interpreter.Profiles.Begin(session);
        return new LyraProfiler(this, session);
    }
}

using System;
using System.Threading;
using Lyra;

namespace GameLoop;

/// <summary>
/// The script of a kind of entity, in an engine of its own: kinds can't disturb each other, and what one keeps in its variables is its own.
/// </summary>
internal sealed class Brain : IDisposable
{
    /// <summary>The frames without an update after a script failed or was cut: a second.</summary>
    private const int Rest = 60;

    /// <summary>The limits of a call. The time is for loading in a new process; the frame limits that of an update.</summary>
    private static readonly LyraLimits Limits = new()
    {
        MaxSteps = 50_000,
        Timeout = TimeSpan.FromSeconds(10),
        MaxFrames = 200,
        MaxMemoryBytes = 4 << 20,
    };

    private readonly LyraEngine _engine;
    private readonly Action<Entity, double, CancellationToken> _update;
    private int _restsUntil;

    /// <exception cref="LyraException">The script failed, or defines no <c>update(self, seconds)</c>.</exception>
    /// <exception cref="LyraCompileException">The script does not compile.</exception>
    public Brain(LyraScript script)
    {
        _engine = new LyraEngine(LyraOptions.Embedded with { Limits = Limits });
        _engine.DefineType<Entity>();
        _engine.Run(script);
        _update = _engine.GetProc<Action<Entity, double, CancellationToken>>("update");
    }

    /// <summary>The updates that failed or were cut.</summary>
    public int Failures { get; private set; }

    /// <summary>Lets the script decide for an entity. Whatever the script does, the game goes on.</summary>
    /// <param name="entity">The entity, which the script sees as <c>self</c>.</param>
    /// <param name="frame">The number of the frame.</param>
    /// <param name="seconds">The time of a frame.</param>
    /// <param name="endOfBudget">Cancelled when the frame has no time left for scripts.</param>
    /// <returns>What went wrong, or null.</returns>
    public string? Update(Entity entity, int frame, double seconds, CancellationToken endOfBudget)
    {
        if (frame < _restsUntil)
        {
            return null;
        }

        try
        {
            _update(entity, seconds, endOfBudget);
            return null;
        }
        catch (LyraException error)
        {
            return Fail(entity, frame, $"{error.File}:{error.Line}: {error.Kind}: {error.Message}");
        }
        catch (LyraCanceledException error)
        {
            return Fail(entity, frame, $"{error.File}:{error.Line}: the time of the frame is over");
        }
    }

    public void Dispose() => _engine.Dispose();

    private string Fail(Entity entity, int frame, string problem)
    {
        Failures++;
        _restsUntil = frame + Rest;
        entity.Stop();
        return $"{problem}; {entity.Kind}s rest for {Rest} frames";
    }
}

using System;

namespace Lyra.Fuzz.Oracles;

/// <summary>Judges by how much this process grows while it runs a program under a memory limit.</summary>
internal sealed class PeakOracle
{
    /// <summary>
    /// The bytes by which the process may grow for each byte of the limit: garbage that is not collected yet may double what the script can
    /// reach.
    /// </summary>
    private const int Factor = 2;

    /// <summary>Further bytes, for the runtime and machine code.</summary>
    private const long Slack = 100_000_000;

    /// <summary>Resident bytes beyond which the garbage of earlier runs is collected before the process is measured.</summary>
    private const long MuchGarbage = 200_000_000;

    /// <summary>The number of runs that must all grow too much.</summary>
    private const int Tries = 3;

    private readonly ProcessMeter _meter = new();

    /// <summary>The most bytes by which the process has grown.</summary>
    public long MostGrowth { get; private set; }

    /// <summary>Runs a program, again if the process grows too much; returns what is wrong, null if nothing.</summary>
    /// <param name="limit">The memory limit in bytes.</param>
    /// <param name="run">Runs the program under it.</param>
    public string? Judge(long limit, Action run)
    {
        long most = (Factor * limit) + Slack;
        long growth = long.MaxValue;
        for (int i = 0; i < Tries && growth > most; i++)
        {
            growth = Math.Min(growth, Measure(run));
        }

        MostGrowth = Math.Max(MostGrowth, growth);
        return growth > most ? $"the process grew by {growth:N0} bytes, {most:N0} are allowed" : null;
    }

    private long Measure(Action run)
    {
        _meter.Start();
        if (ProcessMeter.PeakBytes > MuchGarbage)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _meter.Start();
        }

        run();
        return _meter.Growth;
    }
}

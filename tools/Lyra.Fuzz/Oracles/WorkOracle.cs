using System;
using System.IO;
using System.Threading;
using Lyra.Fuzz.Running;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Storage;

namespace Lyra.Fuzz.Oracles;

/// <summary>
/// Judges what compiling, saving and loading a script cost: they must report to their meter often enough for a limit to end them soon, and
/// what they allocate must be in proportion to what they report.
/// </summary>
internal sealed class WorkOracle
{
    /// <summary>
    /// The processor time that may pass between two reports. The fuzzer runs unoptimized code, which takes five times as long.
    /// </summary>
    public static readonly TimeSpan MostBetweenReports = TimeSpan.FromMilliseconds(250);

    /// <summary>The bytes that may be allocated for each reported byte: most are garbage soon.</summary>
    private const long AllocatedPerReported = 30;

    /// <summary>The bytes that may be allocated without a report.</summary>
    private const long Unreported = 32 << 20;

    /// <summary>A part of the message about code that is valid, but whose proof takes too long.</summary>
    private const string TooLarge = "too large to be verified";

    /// <summary>The number of tries that must all fail.</summary>
    private const int Tries = 5;

    /// <summary>
    /// The time before another try: a busy host can make every page fault slow for a second, which counts as processor time of the thread.
    /// </summary>
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>The thread of the last report. Deeply nested sources are compiled on a thread of their own.</summary>
    private int _thread;

    private TimeSpan _last;
    private TimeSpan _longest;
    private TimeSpan _expected;
    private long _lastAllocated;
    private long _allocated;
    private long _reported;

    /// <summary>
    /// Compiles a program and, if that succeeds, stores and loads it; returns what is wrong with the costs, null if nothing.
    /// </summary>
    public string? Judge(string source)
    {
        LyraScript? script = null;
        byte[] stored = [];
        return Judge("compile", meter => script = Compile(source, meter))
            ?? (script is null ? null : Judge("save", meter => stored = Save(script, meter)))
            ?? (stored.Length == 0 ? null : Judge("load", meter => Load(stored, meter)))
            ?? (stored.Length == 0 ? null : Unreadable(stored));
    }

    /// <summary>Why a stored program can't be loaded again; null if it can be, or is too large.</summary>
    private static string? Unreadable(byte[] stored)
    {
        try
        {
            ModuleReader.Read(new MemoryStream(stored));
            return null;
        }
        catch (ModuleFormatException e)
        {
            return e.Message.Contains(TooLarge, StringComparison.Ordinal) ? null : e.Message;
        }
    }

    /// <summary>Does some work, again if it costs too much; returns what is wrong, null if nothing.</summary>
    public string? Judge(string name, Action<WorkMeter> work)
    {
        string? found = Measure(work);
        for (int i = 1; i < Tries && found is not null; i++)
        {
            Thread.Sleep(PauseBetweenTries);
            found = Measure(work);
        }

        return found is null ? null : $"{name}: {found}";
    }

    private string? Measure(Action<WorkMeter> work)
    {
        _longest = _expected = TimeSpan.Zero;
        _reported = _allocated = 0;
        _thread = 0;
        Report(0, 0);
        work(new WorkMeter(Report));
        Report(0, 0);
        return _longest > MostBetweenReports ? $"{_longest.TotalMilliseconds:0} ms between two reports"
            : _allocated > Unreported + (AllocatedPerReported * _reported) ? $"{_allocated:N0} bytes allocated, {_reported:N0} reported"
            : null;
    }

    private void Report(long bytes, long nanoseconds)
    {
        _reported += bytes;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan now = ThreadClock.Now;
        if (_thread == Environment.CurrentManagedThreadId)
        {
            _allocated += allocated - _lastAllocated;
            TimeSpan quantum = now - _last - _expected;
            _longest = quantum > _longest ? quantum : _longest;
        }

        _thread = Environment.CurrentManagedThreadId;
        _expected = TimeSpan.FromMicroseconds(nanoseconds / 1_000);
        _last = now;
        _lastAllocated = allocated;
    }

    private static LyraScript? Compile(string source, WorkMeter meter)
    {
        try
        {
            return ScriptCompiler.Compile(
                source, ProgramRun.FileName, CompilerOptions.DefaultOptimizationLevel, HostProcs.IsDefined, meter: meter);
        }
        catch (LyraCompileException)
        {
            // Amplified programs often have errors. What it costs to find them is judged, too.
            return null;
        }
    }

    private static byte[] Save(LyraScript script, WorkMeter meter)
    {
        using MemoryStream stream = new();
        ModuleWriter.Write(script.Module, stream, meter);
        return stream.ToArray();
    }

    /// <summary>Loads stored data, which may be damaged.</summary>
    public static void Load(byte[] stored, WorkMeter meter)
    {
        try
        {
            ModuleReader.Read(new MemoryStream(stored), meter);
        }
        catch (ModuleFormatException)
        {
            // It is damaged, or its code is too large to be verified.
        }
    }
}

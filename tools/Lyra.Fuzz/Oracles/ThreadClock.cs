using System;
using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Lyra.Fuzz.Oracles;

/// <summary>
/// The processor time of the present thread without the CLR's own: its compilation of methods, and pauses for garbage collection. Elsewhere
/// than on Linux, it is the elapsed time without these.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static TimeSpan Now => Raw() - JitInfo.GetCompilationTime(currentThread: true) - GC.GetTotalPauseDuration();

    private static TimeSpan Raw() => OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out TimeSpec time) == 0
        ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
        : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}

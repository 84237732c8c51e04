using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>The memory and threads of the process after a full collection.</summary>
/// <param name="Managed">The bytes of the managed heap.</param>
/// <param name="Private">The bytes of memory that is neither shared with another process nor backed by a file: the managed heap including
/// the collector's reserve, the CLR's own memory, and machine code.</param>
/// <param name="Threads">The number of threads.</param>
internal readonly record struct ProcessMemory(long Managed, long Private, int Threads)
{
    /// <summary>Collects everything, including memory that only finalizers release (dynamic methods), and reads what remains.</summary>
    public static ProcessMemory Read()
    {
        Collect();
        using Process process = Process.GetCurrentProcess();
        return new ProcessMemory(GC.GetTotalMemory(forceFullCollection: true), PrivateBytes(process), process.Threads.Count);
    }

    /// <summary>Collects until the memory released by finalizers is free too, and makes the collector return unused memory.</summary>
    public static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();

            // Idle threads, for example those that compiled, end gradually.
            Thread.Sleep(10);
        }
    }

    /// <summary>On Linux, resident memory without files; the CLR maps machine code twice, as shared memory.</summary>
    private static long PrivateBytes(Process process)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return process.PrivateMemorySize64;
        }

        long kilobytes = 0;
        foreach (string line in File.ReadLines(Status))
        {
            if (line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal) ||
                line.StartsWith("VmSwap:", StringComparison.Ordinal))
            {
                kilobytes += long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(" \tkB"), NumberStyles.Integer,
                    CultureInfo.InvariantCulture);
            }
        }

        return kilobytes << 10;
    }
}

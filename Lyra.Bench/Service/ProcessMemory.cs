using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime;
using System.Threading;

namespace Lyra.Bench.Service;

/// <summary>What the process holds when nothing is left to collect.</summary>
/// <param name="Managed">Bytes of the managed heap.</param>
/// <param name="Private">
/// Bytes of memory that no other process shares and no file backs: the managed heap with what the collector keeps in reserve, what the CLR holds, machine code.
/// </param>
/// <param name="Threads">Threads of the process.</param>
internal readonly record struct ProcessMemory(long Managed, long Private, int Threads)
{
    /// <summary>Collects everything, what only finalizers release too (dynamic methods), and reads what is left.</summary>
    public static ProcessMemory Read()
    {
        Collect();
        using Process process = Process.GetCurrentProcess();
        return new ProcessMemory(GC.GetTotalMemory(forceFullCollection: true), PrivateBytes(process), process.Threads.Count);
    }

    /// <summary>Collects until what finalizers release is gone too, and has the collector give back what it does not need.</summary>
    public static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();

            // Threads that have nothing to do any more, such as those that compiled, end by and by.
            Thread.Sleep(10);
        }
    }

    /// <summary>On Linux resident memory without files: the CLR maps machine code twice, as shared memory.</summary>
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
                kilobytes += long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(" \tkB"), NumberStyles.Integer, CultureInfo.InvariantCulture);
            }
        }

        return kilobytes << 10;
    }
}

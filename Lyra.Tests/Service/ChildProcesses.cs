using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Shouldly;

namespace Lyra.Tests.Service;

/// <summary>The children of a process, which run jobs alone.</summary>
internal static class ChildProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Kills a child as soon as there is one.</summary>
    public static async Task KillAsync(int process)
    {
        Stopwatch clock = Stopwatch.StartNew();
        int? child;
        while ((child = Of(process)) is null)
        {
            clock.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(20);
        }

        using Process victim = Process.GetProcessById(child.Value);
        victim.Kill();
    }

    /// <summary>A child that has not ended yet.</summary>
    private static int? Of(int process)
    {
        foreach (string task in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            string[] children = File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (children.Length > 0)
            {
                return int.Parse(children[^1], CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}

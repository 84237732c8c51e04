using System;
using BenchmarkDotNet.Running;

namespace Lyra.Bench;

internal static class Program
{
    private static void Main(string[] args)
    {
        switch (args.Length == 0 ? string.Empty : args[0])
        {
            case "latency":
                StopLatency.Report();
                break;
            case "compiling":
                CompileTimes.Report(Array.IndexOf(args, "full") < 0);
                break;
            case "hostcalls":
                HostCalls.Report();
                break;
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new BenchConfig());
                break;
        }
    }
}

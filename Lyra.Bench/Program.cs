using System;
using BenchmarkDotNet.Running;
using Lyra.Bench.Embedded;
using Lyra.Bench.Service;

namespace Lyra.Bench;

internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args.Length == 0 ? string.Empty : args[0])
        {
            case "latency":
                StopLatency.Report();
                break;
            case "builtins":
                BuiltinLatency.Report(args);
                break;
            case "compiling":
                CompileTimes.Report(Array.IndexOf(args, "full") < 0);
                break;
            case "hostcalls":
                HostCalls.Report();
                break;
            case "hostobjects":
                HostObjectSpeed.Report();
                break;
            case "hostentries":
                HostEntries.Report();
                break;
            case "embedded":
                EmbeddedEngines.Report();
                break;
            case "scripts":
                SmallScripts.Report();
                break;
            case "profiles":
                ProfileOverhead.Report(args[1..]);
                break;
            case "integrity":
                IntegrityCost.Report();
                break;
            case "simd":
                SimdSpeed.Report();
                break;
            case "tasks":
                TaskSpeed.Report();
                break;
            case "pools":
                PoolReport.Report();
                break;
            case "pauses":
                PauseReport.Report();
                break;
            case "soak":
                return Soak.Report(args);
            case "threads":
                return SharedScripts.Report(args);
            case "leaks":
                return Leaks.Report(args);
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, new BenchConfig());
                break;
        }

        return 0;
    }
}

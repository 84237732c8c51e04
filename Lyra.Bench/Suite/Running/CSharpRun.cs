using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace Lyra.Bench.Suite.Running;

/// <summary>Runs a program of <c>Peers/csharp</c> in this process.</summary>
internal static class CSharpRun
{
    /// <summary>Writes the result and the seconds, as the programs in Lyra do.</summary>
    public static void Run(BenchProgram program, BenchSize size, TextWriter output)
    {
        Func<int, double> run = LoadPrograms()[program.Name];
        int n = (int)program.WorkAt(size).N;
        long start = Stopwatch.GetTimestamp();
        double result = run(n);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result:F0} {seconds:F6}"));
    }

    /// <summary>
    /// The programs by name. Their library is in the composite image of the published command. The CLR uses the code of a composite image
    /// in one load context only, so in another one it compiles the programs itself, as it does those of others.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<int, double>> LoadPrograms()
    {
        AssemblyLoadContext context = new("peers");
        Assembly library = context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "Lyra.Bench.Peers.dll"));
        FieldInfo table = library.GetType(nameof(Benches))!.GetField(nameof(Benches.All))!;
        return (IReadOnlyDictionary<string, Func<int, double>>)table.GetValue(null)!;
    }
}

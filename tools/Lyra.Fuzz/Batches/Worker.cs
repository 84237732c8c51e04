using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Lyra.Fuzz.Batches;

/// <summary>The child's side: tries its seeds, and says what it has found.</summary>
internal static class Worker
{
    /// <summary>Seeds between two signs of life, each of which carries the counts.</summary>
    private const int Period = 200;

    /// <summary>What is tried needs room for its recursion: the product measures the stack and relies on what threads usually have.</summary>
    private const int StackSize = 16 << 20;

    public static void Run(IBatch batch, WorkOrder order, TextWriter output)
    {
        Thread thread = new(() => RunHere(batch, order, output), StackSize);
        thread.Start();
        thread.Join();
    }

    private static void RunHere(IBatch batch, WorkOrder order, TextWriter output)
    {
        using ProgressFile progress = new(order.ProgressPath);
        Stopwatch watch = Stopwatch.StartNew();
        long seed = order.From;
        for (int i = 0; seed < order.End && (order.Seconds is not { } seconds || watch.Elapsed.TotalSeconds < seconds); i++)
        {
            progress.Seed = seed;
            Find? find = batch.Try(seed);
            seed += order.Stride;
            if (find is not null)
            {
                batch.Tally.Finds++;
            }

            if (find is not null || i % Period == Period - 1)
            {
                output.WriteLine(new Message(seed, batch.Tally, find, null));
                output.Flush();
            }
        }

        output.WriteLine(new Message(seed, batch.Tally, null, batch.Coverage?.ToArrays()));
        output.Flush();
    }
}

/// <summary>What a child is to do.</summary>
/// <param name="From">The first seed.</param>
/// <param name="End">Behind the last seed.</param>
/// <param name="Stride">From a seed to the next: there are as many children.</param>
/// <param name="Seconds">How long at most; null for no bound.</param>
/// <param name="ProgressPath">The file in which it notes what it tries.</param>
internal sealed record WorkOrder(long From, long End, int Stride, double? Seconds, string ProgressPath);

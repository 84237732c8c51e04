using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Lyra.Fuzz.Batches;

/// <summary>The child's side: tries its seeds and reports finds.</summary>
internal static class Worker
{
    /// <summary>The number of seeds between two progress messages, which include the counts.</summary>
    private const int Period = 200;

    /// <summary>
    /// The stack size for recursion in the programs. The product measures the stack and relies on the usual stack size of a thread.
    /// </summary>
    private const int StackSize = 16 << 20;

    public static void Run(IBatch batch, WorkOrder order, TextWriter output)
    {
        EndWithParent();
        Thread thread = new(() => RunHere(batch, order, output), StackSize);
        thread.Start();
        thread.Join();
    }

    /// <summary>
    /// Ends this process when its parent has ended, however that came about. The standard input is a pipe to which the parent never writes,
    /// and which ends with it.
    /// </summary>
    private static void EndWithParent()
    {
        Thread watch = new(static () =>
        {
            using Stream input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }

            Environment.Exit(0);
        })
        { IsBackground = true };
        watch.Start();
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

/// <summary>The work of one child.</summary>
/// <param name="From">The first seed.</param>
/// <param name="End">The seed after the last one.</param>
/// <param name="Stride">The distance between two seeds; equal to the number of children.</param>
/// <param name="Seconds">The time limit in seconds; null for none.</param>
/// <param name="ProgressPath">The file into which the child writes its current seed.</param>
internal sealed record WorkOrder(long From, long End, int Stride, double? Seconds, string ProgressPath);

using System.Threading;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The procs of intrinsics that are written in Lyra, by call. A table has few rows, so they are searched one by one; a new row replaces the
/// array. Thread-safe. In a concurrent dictionary, the CLR would have to compile comparers when a process first uses it.
/// </summary>
internal sealed class ScriptedProcs
{
    private Row[] _rows = [];

    /// <summary>The proc for a call; null if there is none yet.</summary>
    /// <param name="intrinsic">The intrinsic.</param>
    /// <param name="count">The number of arguments, with the receiver.</param>
    /// <param name="pc">The position of the call in the code of its caller.</param>
    public Closure? Find(Intrinsic intrinsic, int count, int pc) => Find(Volatile.Read(ref _rows), intrinsic, count, pc);

    /// <summary>Adds the proc for a call, unless another thread has added one.</summary>
    /// <returns>The proc in the table.</returns>
    public Closure Add(Intrinsic intrinsic, int count, int pc, Closure proc)
    {
        while (true)
        {
            Row[] rows = Volatile.Read(ref _rows);
            if (Find(rows, intrinsic, count, pc) is { } found)
            {
                return found;
            }

            Row[] longer = [.. rows, new Row(intrinsic, count, pc, proc)];
            if (ReferenceEquals(Interlocked.CompareExchange(ref _rows, longer, rows), rows))
            {
                return proc;
            }
        }
    }

    private static Closure? Find(Row[] rows, Intrinsic intrinsic, int count, int pc)
    {
        foreach (Row row in rows)
        {
            if (row.Pc == pc && row.Count == count && ReferenceEquals(row.Intrinsic, intrinsic))
            {
                return row.Proc;
            }
        }

        return null;
    }

    private sealed class Row(Intrinsic intrinsic, int count, int pc, Closure proc)
    {
        public Intrinsic Intrinsic => intrinsic;

        public int Count => count;

        public int Pc => pc;

        public Closure Proc => proc;
    }
}

using System;
using System.Runtime.CompilerServices;

namespace Lyra.Runtime.Execution;

/// <summary>
/// Long operations on spans, which .NET does not interrupt, in pieces with a look at the clock between them, so that a cancellation or the
/// time limit stops them soon. Operands of one piece cost no look. The caller has charged the steps. A look may throw: then a target is
/// written in part, so it must be an object that the script does not have yet, or the operation must do the same when it is repeated.
/// Operations on containers of the script for which neither holds ask <see cref="ExitRegionIfLong"/> before their first change.
/// </summary>
internal static class Pieces
{
    /// <summary>
    /// Bytes between two looks. Copying them takes 30 µs, and about 2 ms where the operating system takes long to provide the memory.
    /// </summary>
    public const int Bytes = 256 << 10;

    /// <summary>Bytes of a long operation in place: at most some milliseconds.</summary>
    private const int LongBytes = 4 << 20;

    /// <summary>Elements between two looks of operations that wait for the memory at each element: less than a millisecond.</summary>
    private const int ScatteredElements = 1 << 12;

    /// <summary>Elements of a piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Length<T>() => Math.Max(1, Bytes / Unsafe.SizeOf<T>());

    /// <summary>Looks at the clock once in so many elements of a loop that waits for the memory.</summary>
    /// <param name="context">The context.</param>
    /// <param name="index">The number of elements that are done.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Look(ScriptContext context, int index)
    {
        if ((index & (ScatteredElements - 1)) == ScatteredElements - 1)
        {
            context.CheckClock();
        }
    }

    /// <summary>
    /// Whether an operation that changes a container of the script, and would not do the same when it is repeated, is done in pieces. Then
    /// compiled code is left before, so that a look that throws ends the run. Such code does shorter operations at once.
    /// </summary>
    /// <exception cref="RegionExitException">A compiled region runs, and its frames can't be built.</exception>
    public static bool ExitRegionIfLong(ScriptContext context, long bytes)
    {
        if (!IsLong(bytes))
        {
            return false;
        }

        context.RequireFrames();
        return true;
    }

    /// <summary>Whether an operation in place is so long that it needs looks at the clock.</summary>
    public static bool IsLong(long bytes) => bytes > LongBytes;

    /// <summary>An array that the caller fills. Without references, it may have any content.</summary>
    public static T[] NewArray<T>(int length) =>
        RuntimeHelpers.IsReferenceOrContainsReferences<T>() ? new T[length] : GC.AllocateUninitializedArray<T>(length);

    /// <summary>A new array that begins with the items; the rest is as in <see cref="NewArray"/>.</summary>
    public static T[] ToArray<T>(ScriptContext context, ReadOnlySpan<T> items, int capacity)
    {
        T[] array = NewArray<T>(capacity);
        Copy(context, items, array);
        return array;
    }

    /// <summary>A new array of the items.</summary>
    public static T[] ToArray<T>(ScriptContext context, ReadOnlySpan<T> items) => ToArray(context, items, items.Length);

    /// <summary>Copies to the start of a target that does not overlap the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(ScriptContext context, ReadOnlySpan<T> source, Span<T> target)
    {
        if (source.Length <= Length<T>())
        {
            source.CopyTo(target);
        }
        else
        {
            CopyLong(context, source, target);
        }
    }

    private static void CopyLong<T>(ScriptContext context, ReadOnlySpan<T> source, Span<T> target)
    {
        int length = Length<T>();
        while (source.Length > length)
        {
            source[..length].CopyTo(target);
            source = source[length..];
            target = target[length..];
            context.CheckClock();
        }

        source.CopyTo(target);
    }

    public static void Fill<T>(ScriptContext context, Span<T> target, T value)
    {
        int length = Length<T>();
        while (target.Length > length)
        {
            target[..length].Fill(value);
            target = target[length..];
            context.CheckClock();
        }

        target.Fill(value);
    }

    /// <summary>Fills the target with repetitions of the part, which is not empty unless the target is.</summary>
    public static void Tile<T>(ScriptContext context, Span<T> target, ReadOnlySpan<T> part)
    {
        if (part.Length == 1)
        {
            Fill(context, target, part[0]);
            return;
        }

        Copy(context, part, target);
        int filled = part.Length;
        for (; filled < target.Length && filled <= Length<T>(); filled *= 2)
        {
            Span<T> next = target[filled..];
            target[..Math.Min(filled, next.Length)].CopyTo(next);
        }

        // A source of about a piece stays in the cache.
        int period = Math.Min(filled, target.Length);
        while (filled < target.Length)
        {
            int count = Math.Min(period, target.Length - filled);
            Copy(context, target[..count], target[filled..]);
            filled += count;
            context.CheckClock();
        }
    }

    /// <summary>Reverses the items in place.</summary>
    public static void Reverse<T>(ScriptContext context, Span<T> items)
    {
        int length = Length<T>();
        bool isLong = ExitRegionIfLong(context, items.Length * (long)Unsafe.SizeOf<T>());
        while (isLong && items.Length > 2 * length)
        {
            Span<T> first = items[..length];
            Span<T> last = items[^length..];
            for (int i = 0; i < first.Length; i++)
            {
                (first[i], last[^(i + 1)]) = (last[^(i + 1)], first[i]);
            }

            items = items[length..^length];
            context.CheckClock();
        }

        items.Reverse();
    }

    public static bool AreEqual<T>(ScriptContext context, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : IEquatable<T>
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        int length = Length<T>();
        while (a.Length > length)
        {
            if (!a[..length].SequenceEqual(b[..length]))
            {
                return false;
            }

            a = a[length..];
            b = b[length..];
            context.CheckClock();
        }

        return a.SequenceEqual(b);
    }

    /// <summary>The order of two texts by their code units.</summary>
    public static int Compare(ScriptContext context, ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int length = Length<char>();
        while (a.Length > length && b.Length > length)
        {
            int order = a[..length].SequenceCompareTo(b[..length]);
            if (order != 0)
            {
                return order;
            }

            a = a[length..];
            b = b[length..];
            context.CheckClock();
        }

        return a.SequenceCompareTo(b);
    }

    /// <summary>The index of the first item that equals the value; -1 when there is none.</summary>
    public static int IndexOf<T>(ScriptContext context, ReadOnlySpan<T> items, T value)
        where T : IEquatable<T>
    {
        int length = Length<T>();
        int start = 0;
        for (; items.Length - start > length; start += length)
        {
            int found = items.Slice(start, length).IndexOf(value);
            if (found >= 0)
            {
                return start + found;
            }

            context.CheckClock();
        }

        int last = items[start..].IndexOf(value);
        return last < 0 ? -1 : start + last;
    }

    /// <summary>The number of items that equal the value.</summary>
    public static int Count<T>(ScriptContext context, ReadOnlySpan<T> items, T value)
        where T : IEquatable<T>
    {
        int length = Length<T>();
        int count = 0;
        while (items.Length > length)
        {
            count += items[..length].Count(value);
            items = items[length..];
            context.CheckClock();
        }

        return count + items.Count(value);
    }
}

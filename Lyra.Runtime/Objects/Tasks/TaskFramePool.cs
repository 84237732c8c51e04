using System;
using Lyra.Runtime.Caches;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The frames of tasks that have ended, for the next tasks of the engine. Scripts never see the frame of a task, so that nothing refers to
/// it when the task has ended; an iterator is the frame of its generator, and is not reused.
/// </summary>
internal sealed class TaskFramePool
{
    /// <summary>Frames with more registers are left to the garbage collector.</summary>
    public const int MaxRegisters = 64;

    /// <summary>The most bytes that the frames in the pool take.</summary>
    public const long MaxBytes = 256 * 1024;

    /// <summary>The stacks of free frames, by their number of registers; null before the first frame.</summary>
    private Class[]? _classes;

    /// <summary>The frames that tasks took.</summary>
    public PoolCounts Counts;

    /// <summary>The bytes of the free frames, as they are charged.</summary>
    public long Bytes { get; private set; }

    /// <summary>The free frames.</summary>
    public int Count { get; private set; }

    /// <summary>A frame for a task: a free one, or a new one. Its registers are nil.</summary>
    public GeneratorObject Take(Closure closure)
    {
        GeneratorObject? free = TakeFree(closure.Code.RegisterCount);
        Counts.Count(free is not null);
        free?.Reuse(closure);
        return free ?? new GeneratorObject(closure);
    }

    private GeneratorObject? TakeFree(int registers)
    {
        if (_classes is null || registers > MaxRegisters)
        {
            return null;
        }

        ref Class free = ref _classes[registers];
        if (free.Count == 0)
        {
            free.Least = 0;
            return null;
        }

        GeneratorObject frame = free.Frames[--free.Count];
        free.Least = Math.Min(free.Least, free.Count);
        Count--;
        Bytes -= GeneratorObject.BytesFor(registers);
        return frame;
    }

    /// <summary>Takes the frame of a task that has ended, to which nothing refers any more.</summary>
    public void Return(GeneratorObject frame)
    {
        int registers = frame.Registers.Length;
        long bytes = GeneratorObject.BytesFor(registers);
        if (registers > MaxRegisters || Bytes + bytes > MaxBytes)
        {
            return;
        }

        frame.Release();
        ref Class free = ref (_classes ??= NewClasses())[registers];
        if (free.Count == free.Frames.Length)
        {
            Array.Resize(ref free.Frames, Math.Max(4, 2 * free.Count));
        }

        free.Frames[free.Count++] = frame;
        Count++;
        Bytes += bytes;
    }

    /// <summary>Drops the frames that no task has needed since the last call.</summary>
    public void Trim()
    {
        if (Count > 0)
        {
            TrimClasses();
        }
    }

    private void TrimClasses()
    {
        for (int registers = 0; registers < _classes?.Length; registers++)
        {
            ref Class free = ref _classes[registers];
            int kept = free.Count - free.Least;
            Array.Clear(free.Frames, kept, free.Least);
            Count -= free.Least;
            Bytes -= free.Least * GeneratorObject.BytesFor(registers);
            free.Count = kept;
            free.Least = kept;
        }
    }

    /// <summary>Drops all frames.</summary>
    public void Clear()
    {
        _classes = null;
        Count = 0;
        Bytes = 0;
    }

    private static Class[] NewClasses()
    {
        Class[] classes = new Class[MaxRegisters + 1];
        Array.Fill(classes, new Class { Frames = [] });
        return classes;
    }

    /// <summary>The free frames with the same number of registers; the last one returned is the first one taken.</summary>
    private struct Class
    {
        public GeneratorObject[] Frames;

        public int Count;

        /// <summary>The fewest free frames since the last <see cref="Trim"/>.</summary>
        public int Least;
    }
}

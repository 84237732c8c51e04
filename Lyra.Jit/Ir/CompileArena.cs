using System;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Memory;

namespace Lyra.Jit.Ir;

/// <summary>
/// The storage of one compilation: the tables by node and block of the builder, the passes and the emitter, and the IL. Each step takes
/// what it needs, and all of it is taken back at once when the step ends. The next step, and the next compilation, use it again.
/// </summary>
/// <remarks>
/// One arena is kept for the next compilation of the process, whichever engine makes it: mostly, one thread compiles for all engines.
/// Compilations that run at the same time make arenas of their own. Nodes, blocks and snapshots are not in the arena, because they live
/// until the graph is emitted.
/// </remarks>
internal sealed class CompileArena
{
    /// <summary>An arena with more storage is dropped after its compilation.</summary>
    private const long LargestKept = 1 << 20;

    /// <summary>A larger object is left to the garbage collector.</summary>
    private const int LargestObject = 1 << 13;

    private static readonly ObjectPool<CompileArena> Pool = new(1);

    private readonly GrowableArray<IReusable> _free = new();
    private readonly GrowableArray<IReusable> _taken = new();

    public ArrayStore<int> Ints { get => field ??= new(4); private set; }

    public ArrayStore<bool> Bools { get => field ??= new(1); private set; }

    public ArrayStore<IrNode?> Nodes { get => field ??= new(8); private set; }

    public ArrayStore<IrBlock?> Blocks { get => field ??= new(8); private set; }

    public ArrayStore<IrLoop?> Loops { get => field ??= new(8); private set; }

    public ArrayStore<IncomingEdge> Edges { get => field ??= new(16); private set; }

    public ArrayStore<Interval?> Intervals { get => field ??= new(24); private set; }

    private long FreeBytes => Ints.FreeBytes + Bools.FreeBytes + Nodes.FreeBytes + Blocks.FreeBytes + Loops.FreeBytes + Edges.FreeBytes
        + Intervals.FreeBytes;

    /// <summary>The arena for a compilation.</summary>
    public static CompileArena Rent() => Pool.Take() ?? new CompileArena();

    /// <summary>Keeps an arena for the next compilation. Nobody may use anything from it any more.</summary>
    public static void Return(CompileArena arena)
    {
        arena.Release();
        if (arena.FreeBytes <= LargestKept)
        {
            Pool.Keep(arena);
        }
    }

    /// <summary>An object without content, until the next <see cref="Release"/>.</summary>
    /// <param name="make">Makes one; it is called when none is free.</param>
    public T Take<T>(Func<T> make)
        where T : class, IReusable
    {
        T? found = null;
        for (int i = _free.Count - 1; i >= 0 && found is null; i--)
        {
            found = _free[i] as T;
            if (found is not null)
            {
                _free[i] = _free[_free.Count - 1];
                _free.RemoveLast();
            }
        }

        found ??= make();
        _taken.Add(found);
        return found;
    }

    /// <summary>Takes everything back. Nobody may use it any more.</summary>
    public void Release()
    {
        Ints.Release();
        Bools.Release();
        Nodes.Release();
        Blocks.Release();
        Loops.Release();
        Edges.Release();
        Intervals.Release();
        foreach (IReusable taken in _taken)
        {
            if (taken.Capacity <= LargestObject)
            {
                taken.Reset();
                _free.Add(taken);
            }
        }

        _taken.Clear();
    }
}

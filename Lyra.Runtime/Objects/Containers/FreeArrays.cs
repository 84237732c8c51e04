using System;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The arrays that growing lists, maps and sets have given up, for those that grow next on the same thread: at most 170 KB.
/// </summary>
/// <remarks>
/// An array may be given up only if nobody else holds it. Builtins hold arrays of lists while callbacks run, and such a callback may make
/// the list grow. So arrays are reused only while no C# code waits for script code (<see cref="ScriptContext.ReusesArrays"/>): then the
/// only C# code that runs is the builtin or the instruction that makes the container grow, and it reads the container's array anew.
/// Iterators and views of the host hold the container, not its array. Compiled code loads the array again after each operation that may
/// replace it. Memory is charged as if each array were new.
/// </remarks>
internal sealed class FreeArrays
{
    /// <summary>
    /// The shortest array of a list that is reused. Programs whose lists are shorter got 4 % slower by it: an array that was reused is old,
    /// so that each reference stored in it costs the garbage collector more.
    /// </summary>
    public const int ShortestOfLists = 128;

    /// <summary>The shortest array of entries that is reused.</summary>
    public const int ShortestOfTables = 8;

    [ThreadStatic]
    private static FreeArrays? _ofThread;

    private readonly int _epoch = MemoryPressure.Epoch;

    private FreeArrays()
    {
    }

    /// <summary>Those of the calling thread. They are dropped when memory is scarce.</summary>
    public static FreeArrays OfThread
    {
        get
        {
            FreeArrays? freeArrays = _ofThread;
            return freeArrays is not null && freeArrays._epoch == MemoryPressure.Epoch ? freeArrays : _ofThread = new FreeArrays();
        }
    }

    public ArrayFreeList<long> Ints { get; } = new(ShortestOfLists);

    public ArrayFreeList<double> Floats { get; } = new(ShortestOfLists);

    public ArrayFreeList<bool> Bools { get; } = new(ShortestOfLists);

    public ArrayFreeList<Value> Values { get; } = new(ShortestOfLists);

    public ArrayFreeList<HashTable.Entry> Entries { get; } = new(ShortestOfTables);

    /// <summary>The tables of positions.</summary>
    public ArrayFreeList<int> Indices { get; } = new(ShortestOfTables);

    /// <summary>Drops the arrays of the calling thread.</summary>
    public static void Drop() => _ofThread = null;
}

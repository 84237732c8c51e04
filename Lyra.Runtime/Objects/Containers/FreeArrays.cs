using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The arrays that growing lists, maps and sets have given up, for those that grow next: of each thread at most 170 KB, and of an engine
/// with <see cref="EngineStorage"/> more.
/// </summary>
/// <remarks>
/// An array may be given up only if nobody else holds it. Builtins hold arrays of lists while callbacks run, and such a callback may make
/// the list grow. So arrays are reused only while no C# code waits for script code (<see cref="ScriptContext.ReusesArrays"/>): then the
/// only C# code that runs is the builtin or the instruction that makes the container grow, and it reads the container's array anew.
/// Iterators and views of the host hold the container, not its array. Compiled code loads the array again after each operation that may
/// replace it. Memory is charged as if each array were new.
/// </remarks>
/// <param name="shortestOfLists">The shortest array of a list that is reused.</param>
/// <param name="shortestOfTables">The shortest array of entries that is reused.</param>
/// <param name="longest">The longest array that is reused: a power of two.</param>
/// <param name="bytesOfLength">The most bytes that are kept of arrays of one class and length, unless one array has more.</param>
internal sealed class FreeArrays(int shortestOfLists, int shortestOfTables, int longest, int bytesOfLength)
{
    /// <summary>
    /// The shortest array of a list that a thread reuses. Programs whose lists are shorter got 4 % slower by it: an array that was reused
    /// is old, so that each reference stored in it costs the garbage collector more.
    /// </summary>
    public const int ShortestOfLists = 128;

    /// <summary>The shortest array of entries that a thread reuses.</summary>
    public const int ShortestOfTables = 8;

    /// <summary>The longest array that a thread reuses.</summary>
    private const int LongestOfThread = 1024;

    [ThreadStatic]
    private static FreeArrays? _ofThread;

    private readonly int _epoch = MemoryPressure.Epoch;

    /// <summary>Those of the calling thread. They are dropped when memory is scarce.</summary>
    public static FreeArrays OfThread
    {
        get
        {
            FreeArrays? freeArrays = _ofThread;
            return freeArrays is { IsCurrent: true }
                ? freeArrays
                : _ofThread = new FreeArrays(ShortestOfLists, ShortestOfTables, LongestOfThread, bytesOfLength: 0);
        }
    }

    /// <summary>The longest array that is reused.</summary>
    public int Longest => longest;

    /// <summary>False when memory has become scarce since they were made.</summary>
    public bool IsCurrent => _epoch == MemoryPressure.Epoch;

    public ArrayFreeList<long> Ints { get; } = new(shortestOfLists, longest, bytesOfLength);

    public ArrayFreeList<double> Floats { get; } = new(shortestOfLists, longest, bytesOfLength);

    public ArrayFreeList<bool> Bools { get; } = new(shortestOfLists, longest, bytesOfLength);

    public ArrayFreeList<Value> Values { get; } = new(shortestOfLists, longest, bytesOfLength);

    public ArrayFreeList<HashTable.Entry> Entries { get; } = new(shortestOfTables, longest, bytesOfLength);

    /// <summary>The tables of positions.</summary>
    public ArrayFreeList<int> Indices { get; } = new(shortestOfTables, longest, bytesOfLength);

    /// <summary>
    /// The arrays for a container that grows; null if its arrays are not reused, because of their lengths or because C# code may hold them.
    /// </summary>
    /// <param name="context">The engine.</param>
    /// <param name="from">The length of the array that the container has.</param>
    /// <param name="to">The length of the one that it needs.</param>
    /// <param name="shortest">The shortest array that a thread reuses for such a container.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FreeArrays? For(ScriptContext context, int from, int to, int shortest)
    {
        if ((to < shortest && context.Storage is null) || !context.ReusesArrays)
        {
            return null;
        }

        FreeArrays arrays = context.Storage?.Arrays ?? OfThread;
        return from <= arrays.Longest ? arrays : null;
    }

    /// <summary>
    /// Where a container that is emptied gives its array; null if it does not, because of the mode or because C# code may hold the array.
    /// </summary>
    public static FreeArrays? ForEmptied(ScriptContext context) =>
        context.Storage is { } storage && context.ReusesArrays ? storage.Arrays : null;

    /// <summary>Drops the arrays of the calling thread.</summary>
    public static void Drop() => _ofThread = null;
}

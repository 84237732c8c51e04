using System;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Objects;

/// <summary>
/// The storage that an engine keeps for its next lists, maps and sets, so that it makes less garbage: arrays that growing containers have
/// given up, and lists that compiled code has found dead. Engines in the mode <c>LyraMemoryMode.LowPause</c> have one.
/// </summary>
/// <remarks>
/// Reuse can't be observed: a list is given back only where nothing can refer to it any more, and gets the state of a new one. Memory is
/// charged as if everything were new.
/// </remarks>
internal sealed class EngineStorage
{
    /// <summary>The longest array that is kept: 256 KB of values.</summary>
    private const int LongestArray = 16_384;

    /// <summary>The most bytes of arrays of one class and length.</summary>
    private const int BytesOfLength = 1 << 16;

    /// <summary>The most lists that are kept.</summary>
    private const int MostLists = 1_024;
    private const int FirstLists = 16;

    private ListObject?[] _lists = [];
    private int _count;
    private FreeArrays _arrays = NewArrays();

    /// <summary>The arrays of the engine. They are dropped when memory is scarce.</summary>
    public FreeArrays Arrays => _arrays.IsCurrent ? _arrays : _arrays = NewArrays();

    /// <summary>The lists that were given back so far.</summary>
    public long GivenBack { get; private set; }

    /// <summary>The lists that were given back twice, which only a fault of the compiler can cause.</summary>
    public long RefusedReturns { get; private set; }

    /// <summary>An empty list, for compiled code of an engine with such storage. It charges <see cref="ListObject.EmptyBytes"/>.</summary>
    public static ListObject TakeList(ScriptContext context) => context.Storage?.TakeList() ?? new ListObject();

    private ListObject TakeList()
    {
        if (_count == 0)
        {
            return new ListObject();
        }

        ListObject list = _lists[--_count]!;
        _lists[_count] = null;
        list.BeginAgain();
        return list;
    }

    /// <summary>Takes a list that nothing refers to any more, and its array.</summary>
    public void GiveBack(ListObject list)
    {
        if (!list.TryGiveUp(Arrays))
        {
            RefusedReturns++;
            return;
        }

        GivenBack++;
        if (_count == _lists.Length)
        {
            if (_count == MostLists)
            {
                return;
            }

            Array.Resize(ref _lists, Math.Max(FirstLists, 2 * _count));
        }

        _lists[_count++] = list;
    }

    /// <summary>Drops what is kept.</summary>
    public void Drop()
    {
        _arrays = NewArrays();
        _lists = [];
        _count = 0;
    }

    private static FreeArrays NewArrays() => new(shortestOfLists: 1, shortestOfTables: 1, LongestArray, BytesOfLength);
}

using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// The levels of a walk over nested values, which a script may nest to any depth. From some levels on they are charged as memory until the
/// walk ends: the walk may call a hook, and the hook may begin another walk over the same values, and so on.
/// </summary>
/// <typeparam name="T">A level.</typeparam>
/// <param name="context">The run that is charged.</param>
/// <param name="otherBytes">The bytes that the walk keeps for each level elsewhere.</param>
internal struct LevelStack<T>(ScriptContext context, int otherBytes = 0)
    where T : struct
{
    /// <summary>Levels that cost nothing, so that usual values do not either.</summary>
    private const int Free = 16;

    /// <summary>Null before the first level: the CLR would have to compile the empty array of each type of level.</summary>
    private T[]? _levels;
    private long _charged;

    public int Count { get; private set; }

    public void Push(in T level)
    {
        if (Count == (_levels?.Length ?? 0))
        {
            Grow();
        }

        _levels![Count++] = level;
    }

    public bool TryPop(out T level)
    {
        if (Count == 0)
        {
            level = default;
            return false;
        }

        level = _levels![--Count];
        return true;
    }

    /// <summary>Refunds the charges. Must be called however the walk ends.</summary>
    public void End()
    {
        context.ReleaseHeld(_charged);
        _charged = 0;
    }

    private void Grow()
    {
        int size = Math.Max(4, 2 * Count);
        if (size > Free)
        {
            long bytes = (size - Count) * (long)(Unsafe.SizeOf<T>() + otherBytes);
            context.HoldMemory(bytes);
            _charged += bytes;
        }

        Array.Resize(ref _levels, size);
    }
}

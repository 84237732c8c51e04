using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Deoptimization;

/// <summary>
/// How much of the native stack compiled procs may use. Each looks at its beginning whether it stands above <see cref="ScriptContext.StackLow"/>; below,
/// it asks for more, and leaves when there is no more. What is granted lies on the stack of the thread that entered compiled code, so whoever enters
/// grants anew and restores what was before.
/// </summary>
internal readonly struct NativeRoom
{
    /// <summary>
    /// Bytes that a chain of compiled calls may use: the frames that a script may have by default, where they are small. Not more, because the collector
    /// walks them all each time; not less, because a chain that does not find room is rebuilt for the interpreter as a whole.
    /// </summary>
    private const nuint Most = 1 << 20;

    /// <summary>Bytes granted at a time. The CLR's own check guarantees twice as much.</summary>
    private const nuint Step = 64 << 10;

    private readonly nuint _low;
    private readonly nuint _floor;

    private NativeRoom(ScriptContext context)
    {
        _low = context.StackLow;
        _floor = context.StackFloor;
    }

    /// <summary>Grants room below the caller. The first compiled proc asks.</summary>
    /// <returns>What was granted before.</returns>
    public static NativeRoom Grant(ScriptContext context)
    {
        NativeRoom outer = new(context);
        context.StackLow = nuint.MaxValue;
        context.StackFloor = Here() - Most;
        return outer;
    }

    public void Restore(ScriptContext context)
    {
        context.StackLow = _low;
        context.StackFloor = _floor;
    }

    /// <summary>Whether the calling method stands where compiled procs may be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsLeft(ScriptContext context) => Here() > context.StackLow || TryGrantMore(context);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryGrantMore(ScriptContext context)
    {
        nuint here = Here();
        if (here <= context.StackFloor || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        context.StackLow = here - Step > context.StackFloor ? here - Step : context.StackFloor;
        return true;
    }

    /// <summary>An address in the frame of the calling method.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe nuint Here()
    {
        byte local;
        return (nuint)(&local);
    }
}

using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Regions;

/// <summary>
/// Limits the native stack that compiled procs use. Each proc checks at its beginning whether it is above
/// <see cref="RegionState.StackLow"/>; below, it asks for more, and exits if there is no more. The limits belong to the stack of the thread
/// that entered compiled code, so each entry sets them and restores the previous ones.
/// </summary>
internal readonly struct NativeStackCheck
{
    /// <summary>
    /// Bytes that a chain of compiled calls may use: enough for the default frame limit if frames are small. Not more, because the garbage
    /// collector walks all of them each time; not less, because a chain that fails the check is rebuilt in the interpreter as a whole.
    /// </summary>
    private const nuint Most = 1 << 20;

    /// <summary>Bytes granted at a time. The CLR's own check guarantees twice as many.</summary>
    private const nuint Step = 64 << 10;

    private readonly nuint _low;
    private readonly nuint _floor;

    private NativeStackCheck(ScriptContext context)
    {
        _low = context.Regions.StackLow;
        _floor = context.Regions.StackFloor;
    }

    /// <summary>
    /// Sets the limits below the caller. The first compiled proc asks for the first bytes. An entry inside another one on the same stack
    /// shares its bytes.
    /// </summary>
    /// <returns>The previous limits.</returns>
    public static NativeStackCheck Enter(ScriptContext context)
    {
        NativeStackCheck outer = new(context);
        nuint here = NativeStackSpace.Here();
        bool isSameStack = here > outer._floor && here - outer._floor <= Most;
        context.Regions.StackLow = nuint.MaxValue;
        context.Regions.StackFloor = isSameStack ? outer._floor : here - Most;
        return outer;
    }

    /// <summary>Restores the previous limits.</summary>
    public void Restore(ScriptContext context)
    {
        context.Regions.StackLow = _low;
        context.Regions.StackFloor = _floor;
    }

    /// <summary>
    /// As <see cref="Enter"/>, where no other compiled code runs. The caller has just asked <see cref="NativeStackSpace"/>, so that the
    /// first bytes are granted, too.
    /// </summary>
    public static void EnterOutermost(ScriptContext context)
    {
        nuint here = NativeStackSpace.Here();
        context.Regions.StackLow = here - Step;
        context.Regions.StackFloor = here - Most;
    }

    /// <summary>Ends <see cref="EnterOutermost"/>.</summary>
    public static void ExitOutermost(ScriptContext context) => (context.Regions.StackLow, context.Regions.StackFloor) = (0, 0);

    /// <summary>Whether the calling method may use the native stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasSpace(ScriptContext context) => NativeStackSpace.Here() > context.Regions.StackLow || TryGrantMore(context);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryGrantMore(ScriptContext context)
    {
        nuint here = NativeStackSpace.Here();
        if (here <= context.Regions.StackFloor || !NativeStackSpace.IsSufficient())
        {
            return false;
        }

        context.Regions.StackLow = here - Step > context.Regions.StackFloor ? here - Step : context.Regions.StackFloor;
        return true;
    }
}

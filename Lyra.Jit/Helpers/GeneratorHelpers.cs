using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Jit.Helpers.GuardedCalls;
using static Lyra.Jit.Helpers.HelperEffects;

namespace Lyra.Jit.Helpers;

/// <summary>Generators and tasks with compiled code: while they are suspended, their registers are in their objects.</summary>
internal static class GeneratorHelpers
{
    [RegionHelper(IrType.Closure, Pure)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Closure ClosureOfGenerator(GeneratorObject generator) => generator.Closure;

    /// <summary>The instruction at which a generator continues; -1 when it has ended or is running.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long PositionOfGenerator(GeneratorObject generator) => generator.IsDone || generator.IsRunning ? -1 : generator.Pc;

    [RegionHelper(IrType.Bool, Pure, Reads = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasEnded(GeneratorObject generator) => generator.IsDone;

    [RegionHelper(IrType.Any, Pure, Reads = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value RegisterOfGenerator(GeneratorObject generator, long index) => generator.Registers[index];

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SetRegisterOfGenerator(GeneratorObject generator, long index, object? reference, long bits) =>
        KindHelpers.StoreValue(ref generator.Registers[index], reference, bits);

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Start(GeneratorObject generator) => generator.IsRunning = true;

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SuspendAt(GeneratorObject generator, long pc)
    {
        generator.Pc = (int)pc;
        generator.IsRunning = false;
    }

    /// <inheritdoc cref="ScriptIterator.IsGiven"/>
    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Give(GeneratorObject generator) => generator.IsGiven = true;

    /// <summary>The same for a value of any kind.</summary>
    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Iterators)]
    internal static void GiveValue(object? reference, long bits) => ScriptIterator.Give(reference);

    /// <summary>1 if a loop closes the generator although its head has not made it.</summary>
    [RegionHelper(IrType.Int, Pure, Reads = IrMemory.Iterators)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long IsGiven(GeneratorObject generator) => generator.IsGiven ? 1 : 0;

    [RegionHelper(IrType.None, Pure, Writes = IrMemory.Iterators)]
    internal static void FinishOne(ScriptContext context, GeneratorObject generator)
    {
        generator.IsRunning = false;
        if (generator.Closure.Code.Kind == ProcKind.Generator)
        {
            generator.End(context);
            return;
        }

        // The frame of a task is given back as a whole.
        generator.IsDone = true;
    }

    /// <summary>
    /// Ends the iteration of a generator that a loop made (1) or got (0). False, without any effect, when script code has to run for that:
    /// finally blocks of the generator, or of what it iterates over.
    /// </summary>
    [RegionHelper(IrType.Bool, IrEffects.Fixed, Writes = IrMemory.Iterators)]
    internal static bool CloseAtOnce(ScriptContext context, GeneratorObject generator, long isOwned)
    {
        if (isOwned == 0 || generator.IsDone || generator.IsRunning)
        {
            return true;
        }

        foreach (HandlerInfo handler in generator.Closure.Prototype.Handlers)
        {
            if (handler.Covers(generator.Pc - 1)
                && handler.Kind is HandlerKind.Finally or HandlerKind.CloseIterator or HandlerKind.FinallyBody)
            {
                return false;
            }
        }

        generator.End(context);
        return true;
    }
}

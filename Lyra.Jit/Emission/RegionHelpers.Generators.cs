using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Emission;

/// <content>Generators whose code is built in line: their registers are in their objects while they are suspended.</content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper GeneratorClosure = Row(nameof(ClosureOfGenerator), IrType.Closure);

    public static readonly RegionHelper GeneratorPosition = Row(nameof(PositionOfGenerator), IrType.Int, reads: IrMemory.Iterators);

    public static readonly RegionHelper LoadGeneratorRegister = Row(nameof(RegisterOfGenerator), IrType.Any, reads: IrMemory.Iterators);

    public static readonly RegionHelper StoreGeneratorRegister = Row(nameof(SetRegisterOfGenerator), IrType.None, writes: IrMemory.Iterators);

    public static readonly RegionHelper SuspendGenerator = Row(nameof(SuspendAt), IrType.None, writes: IrMemory.Iterators);

    public static readonly RegionHelper FinishGenerator = Row(nameof(FinishOne), IrType.None, writes: IrMemory.Iterators);

    public static readonly RegionHelper CloseGenerator = Row(nameof(CloseAtOnce), IrType.Bool, IrEffects.Fixed, writes: IrMemory.Iterators);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Closure ClosureOfGenerator(GeneratorObject generator) => generator.Closure;

    /// <summary>Where a generator goes on; -1 when it has ended or runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long PositionOfGenerator(GeneratorObject generator) => generator.IsDone || generator.IsRunning ? -1 : generator.Pc;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value RegisterOfGenerator(GeneratorObject generator, long index) => generator.Registers[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SetRegisterOfGenerator(GeneratorObject generator, long index, object? reference, long bits) =>
        StoreValue(ref generator.Registers[index], reference, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SuspendAt(GeneratorObject generator, long pc) => generator.Pc = (int)pc;

    internal static void FinishOne(GeneratorObject generator) => generator.IsDone = true;

    /// <summary>
    /// Ends the iteration of a generator that a loop made (1) or was given (0). False, and nothing has happened, when code of its own has to run for
    /// that: its finally blocks, or those of what it iterates.
    /// </summary>
    internal static bool CloseAtOnce(GeneratorObject generator, long isOwned)
    {
        if (isOwned == 0 || generator.IsDone || generator.IsRunning)
        {
            return true;
        }

        foreach (HandlerInfo handler in generator.Closure.Prototype.Handlers)
        {
            if (handler.Covers(generator.Pc - 1) && handler.Kind is HandlerKind.Finally or HandlerKind.CloseIterator or HandlerKind.FinallyBody)
            {
                return false;
            }
        }

        generator.IsDone = true;
        return true;
    }
}

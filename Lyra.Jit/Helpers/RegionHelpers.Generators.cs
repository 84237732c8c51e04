using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <content>Generators and tasks with compiled code: while they are suspended, their registers are in their objects.</content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper GeneratorClosure = Row(nameof(ClosureOfGenerator), IrType.Closure, Pure);

    public static readonly RegionHelper GeneratorPosition = Row(nameof(PositionOfGenerator), IrType.Int, Pure, reads: IrMemory.Iterators);

    public static readonly RegionHelper IsGeneratorDone = Row(nameof(HasEnded), IrType.Bool, Pure, reads: IrMemory.Iterators);

    public static readonly RegionHelper LoadGeneratorRegister = Row(
        nameof(RegisterOfGenerator), IrType.Any, Pure, reads: IrMemory.Iterators);

    public static readonly RegionHelper StoreGeneratorRegister = Row(
        nameof(SetRegisterOfGenerator), IrType.None, Pure, writes: IrMemory.Iterators);

    public static readonly RegionHelper StartGenerator = Row(nameof(Start), IrType.None, Pure, writes: IrMemory.Iterators);

    public static readonly RegionHelper SuspendGenerator = Row(nameof(SuspendAt), IrType.None, Pure, writes: IrMemory.Iterators);

    public static readonly RegionHelper FinishGenerator = Row(nameof(FinishOne), IrType.None, Pure, writes: IrMemory.Iterators);

    public static readonly RegionHelper CloseGenerator = Row(nameof(CloseAtOnce), IrType.Bool, IrEffects.Fixed, writes: IrMemory.Iterators);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Closure ClosureOfGenerator(GeneratorObject generator) => generator.Closure;

    /// <summary>The instruction at which a generator continues; -1 when it has ended or is running.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long PositionOfGenerator(GeneratorObject generator) => generator.IsDone || generator.IsRunning ? -1 : generator.Pc;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasEnded(GeneratorObject generator) => generator.IsDone;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value RegisterOfGenerator(GeneratorObject generator, long index) => generator.Registers[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SetRegisterOfGenerator(GeneratorObject generator, long index, object? reference, long bits) =>
        StoreValue(ref generator.Registers[index], reference, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Start(GeneratorObject generator) => generator.IsRunning = true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SuspendAt(GeneratorObject generator, long pc)
    {
        generator.Pc = (int)pc;
        generator.IsRunning = false;
    }

    internal static void FinishOne(GeneratorObject generator)
    {
        generator.IsDone = true;
        generator.IsRunning = false;
    }

    /// <summary>
    /// Ends the iteration of a generator that a loop made (1) or got (0). False, without any effect, when script code has to run for that:
    /// finally blocks of the generator, or of what it iterates over.
    /// </summary>
    internal static bool CloseAtOnce(GeneratorObject generator, long isOwned)
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

        generator.IsDone = true;
        return true;
    }
}

using Lyra.Jit.Ir;

namespace Lyra.Jit.Helpers;

/// <summary>Names for what the rows of several helpers say.</summary>
internal static class HelperEffects
{
    /// <summary>No effects: the helper only computes, or reads and writes the memory that its row names.</summary>
    public const IrEffects Pure = IrEffects.None;

    /// <summary>It may exit, and it charges steps, so it is never removed, merged or moved.</summary>
    public const IrEffects Charges = IrEffects.Exits | IrEffects.Fixed;

    /// <summary>It makes an object, and charges steps and memory for it.</summary>
    public const IrEffects Computes = Charges | IrEffects.Allocates;

    /// <summary>All of a list.</summary>
    public const IrMemory Lists =
        IrMemory.ListHeaders | IrMemory.IntElements | IrMemory.FloatElements | IrMemory.BoolElements | IrMemory.ValueElements;

    /// <summary>The contents of every container that an operation may look into.</summary>
    public const IrMemory Contents = Lists | IrMemory.Tables | IrMemory.Bytes | IrMemory.HostElements;
}

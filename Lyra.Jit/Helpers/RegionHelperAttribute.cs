using System;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Helpers;

/// <summary>
/// Makes a method one that emitted code calls: its row in <see cref="RegionHelpers"/>, which <c>tools/Lyra.Generate</c> writes from these
/// marks. <see cref="RegionHelper"/> explains the columns.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RegionHelperAttribute(IrType result, IrEffects effects) : Attribute
{
    public IrType Result { get; } = result;

    public IrEffects Effects { get; } = effects;

    public IrMemory Reads { get; init; }

    public IrMemory Writes { get; init; }

    public bool IsTotal { get; init; }

    public long Bytes { get; init; }

    public int Borrowed { get; init; }

    public bool KeepsParts { get; init; }

    public int Stored { get; init; }

    public bool Loads { get; init; }

    /// <summary>The least int that it returns.</summary>
    public long Min { get; init; } = long.MinValue;

    /// <summary>The greatest int that it returns.</summary>
    public long Max { get; init; } = long.MaxValue;
}

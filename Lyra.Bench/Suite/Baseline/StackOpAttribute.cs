using System;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>A row of <see cref="StackOp"/>.</summary>
/// <param name="operands">What A and B are, separated by a comma; <c>-</c> for an unused A.</param>
/// <param name="pops">The number of values that the instruction pops; <see cref="Count"/> for B values.</param>
/// <param name="pushes">The number of values that it pushes; <see cref="Count"/> for B values.</param>
/// <param name="summary">What it does.</param>
/// <param name="taken">For a jump: the change of the stack's depth if it is taken, where that differs.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class StackOpAttribute(string operands, int pops, int pushes, string summary, int taken = StackOpAttribute.Same) : Attribute
{
    /// <summary>B values.</summary>
    public const int Count = -1;

    private const int Same = int.MinValue;

    public string Operands { get; } = operands;

    public string Summary { get; } = summary;

    /// <summary>Values that it pops besides those that B counts.</summary>
    public int Also { get; init; }

    /// <summary>The change of the depth of the stack.</summary>
    public int EffectOf(int b) => (pushes == Count ? b : pushes) - (pops == Count ? b : pops) - Also;

    /// <summary>The change of the depth of the stack if a jump is taken.</summary>
    public int EffectOfJump(int b) => taken == Same ? EffectOf(b) : taken;
}

using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The value that the branches of an <c>if</c> or <c>match</c> compute, each on its own path.</summary>
/// <param name="target">The register of the value; <see cref="RegisterStack.None"/> in a statement, whose value is not needed.</param>
/// <param name="expected">The annotated type that the value goes to.</param>
/// <param name="end">The code behind all branches.</param>
internal sealed class BranchValue(int target, SlotType? expected, Label end)
{
    private StaticType? _type;

    public int Target { get; } = target;

    public SlotType? Expected { get; } = expected;

    public Label End { get; } = end;

    public bool IsNeeded => Target != RegisterStack.None;

    /// <summary>What is known of the value whichever branch computed it.</summary>
    public StaticType Type => _type ?? StaticType.Unknown;

    /// <summary>Adds what is known of the value of one more branch.</summary>
    public void Join(StaticType type) => _type = _type is null ? type : StaticType.Join(_type.Value, type);
}

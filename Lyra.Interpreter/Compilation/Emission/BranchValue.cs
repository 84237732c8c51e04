using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>The value that the branches of an <c>if</c> or <c>match</c> compute, each on its own path.</summary>
/// <param name="target">The register of the value; <see cref="RegisterStack.None"/> in a statement, whose value is not needed.</param>
/// <param name="expected">The annotated type of the place that receives the value.</param>
/// <param name="end">The code after all branches.</param>
internal sealed class BranchValue(int target, SlotType? expected, Label end)
{
    private StaticType? _type;

    public int Target { get; } = target;

    public SlotType? Expected { get; } = expected;

    public Label End { get; } = end;

    public bool IsNeeded => Target != RegisterStack.None;

    /// <summary>The type that the value has on every path.</summary>
    public StaticType Type => _type ?? StaticType.Unknown;

    /// <summary>Adds the type of the value of one more branch.</summary>
    public void Join(StaticType type) => _type = _type is null ? type : StaticType.Join(_type.Value, type);
}

using System;

namespace Lyra.Jit.Ir;

/// <summary>The callee of an <see cref="IrOp.CallRegion"/>, as far as the IR needs to know it.</summary>
/// <param name="signature">The representations of the callee's arguments and result.</param>
internal abstract class CallTarget(EntrySignature signature)
{
    public EntrySignature Signature { get; } = signature;

    /// <summary>Whether the arguments have the types that the callee expects.</summary>
    public bool Accepts(ReadOnlySpan<IrNode> arguments)
    {
        IrType[] expected = Signature.ArgumentTypes;
        bool fits = arguments.Length == expected.Length;
        for (int i = 0; fits && i < expected.Length; i++)
        {
            fits = arguments[i].Type == expected[i];
        }

        return fits;
    }
}

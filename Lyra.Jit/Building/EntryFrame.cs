using System;
using Lyra.Jit.Ir;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>The root frame of an entry region.</summary>
internal sealed class EntryFrame(BuildParts parts) : Lowering(parts)
{
    /// <summary>Puts the arguments into their registers; all other registers are dead.</summary>
    public void Begin()
    {
        ReadOnlySpan<EntryArgument> arguments = State.Signature!.Arguments;
        for (int i = 0; i < arguments.Length; i++)
        {
            Representation representation = arguments[i].Representation;
            IrNode node = State.Graph.NewNode(IrOp.Argument, representation.Type).About(representation.Shape, i);
            Ir.Append(node);
            if (arguments[i].Register == EntryArgument.ClosureRegister)
            {
                Frame.Closure = node;
            }
            else
            {
                Frame.Registers[arguments[i].Register] = node;
            }
        }

        // Without captures all closures of the proc are alike.
        Frame.Closure ??= Ir.Object(new Closure(Frame.Code, []));
        Ir.EmitGuarded(IrOp.CheckStack, IrType.None);
    }
}

using System;
using System.Collections.Generic;
using Lyra.Jit.Helpers;
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
            switch (arguments[i].Register)
            {
                case EntryArgument.ClosureRegister:
                    Frame.Closure = node;
                    break;
                case EntryArgument.GeneratorRegister:
                    Frame.Generator = node;
                    break;
                case var register:
                    Frame.Registers[register] = node;
                    break;
            }
        }

        if (Frame.Generator is { } generator)
        {
            Frame.Closure = Ir.Call(RegionHelpers.ClosureOfGenerator, generator);
            Frame.Entry = Ir.Block;
            return;
        }

        // Without captures all closures of the proc are alike.
        Frame.Closure ??= Ir.Object(new Closure(Frame.Code, []));
        Ir.EmitGuarded(IrOp.CheckStack, IrType.None);
    }

    /// <summary>
    /// After <see cref="Begin"/>, in a frame that may be resumed: makes a path to each place where it may continue. If it has ended or is
    /// running, the region returns the unset marker, and nothing has happened.
    /// </summary>
    public void Resume(List<int> places)
    {
        IrNode generator = Frame.Generator!;
        IrNode position = Ir.Call(RegionHelpers.PositionOfGenerator, generator);
        foreach (int place in places)
        {
            Path other = Paths.Fork(Ir.Emit(IrOp.EqInt, IrType.Bool, position, Ir.Int(place)));
            State.MoveTo(place);
            Ir.EmitGuarded(IrOp.CheckStack, IrType.None);
            Ir.Call(RegionHelpers.Start, generator);
            Frame.AddPending(place, Frame.CopyPath(place, Ir.Block!));
            Paths.Resume(other);
        }

        ReturnUntouched();
    }

    /// <summary>Returns from the region of a generator or an async proc, which has not resumed it.</summary>
    public void ReturnUntouched() => Ir.Return(Ir.Unset());
}

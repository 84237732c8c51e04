using System.Collections.Generic;
using Lyra.Jit.Ir;

namespace Lyra.Jit.Building;

/// <content>Several ways through one instruction, which meet behind it.</content>
internal sealed partial class RegionBuilder
{
    /// <summary>Ends the block with a branch and goes on in its true arm; gives the other one.</summary>
    private Incoming Fork(IrNode condition)
    {
        (IrBlock first, IrBlock second) = Split(condition);
        Incoming other = new(second, (IrNode?[])_scope.Registers.Clone(), (bool[])_scope.IsDirty.Clone());
        _block = first;
        return other;
    }

    /// <summary>Goes on when the condition is true; when it is false the path goes to <paramref name="elsewhere"/>.</summary>
    private void GoOnWhen(IrNode condition, int elsewhere)
    {
        int pc = _pc;
        Incoming other = Fork(condition);
        Incoming on = new(_block!, _scope.Registers, _scope.IsDirty);
        TakeUp(other);
        GoTo(elsewhere);
        _pc = pc;
        TakeUp(on);
    }

    /// <summary>Goes on with another way.</summary>
    private void TakeUp(Incoming way)
    {
        _block = way.From;
        _scope.Registers = way.Registers;
        _scope.IsDirty = way.IsDirty;
        _effects++;
    }

    /// <summary>Ends an arm; it goes on behind the instruction, if it comes to its end.</summary>
    private void EndArm(List<Incoming> ends)
    {
        if (_block is not null)
        {
            ends.Add(new Incoming(_block, _scope.Registers, _scope.IsDirty));
            _block = null;
        }
    }

    /// <summary>Goes on behind the present instruction, where the arms meet.</summary>
    private void JoinArms(List<Incoming> ends)
    {
        _effects++;
        if (ends.Count == 1)
        {
            TakeUp(ends[0]);
        }
        else if (ends.Count > 1)
        {
            Merge(_pc + 1, ends);
        }
    }
}

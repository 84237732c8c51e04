using System.Collections.Generic;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>A construct that a break, continue or return has something to do at when it leaves it.</summary>
internal abstract class ExitPoint;

/// <summary>A loop. <see cref="Iterator"/> is the register of the for-each state, which has to be closed; −1 when nothing has.</summary>
internal sealed class LoopPoint(string? label, Label breakLabel, Label continueLabel, int iterator) : ExitPoint
{
    public string? Label { get; } = label;

    public Label Break { get; } = breakLabel;

    public Label Continue { get; } = continueLabel;

    public int Iterator { get; } = iterator;
}

/// <summary>
/// A try statement with a finally block. Exits set the selector <c>R[Register]</c> to their number and jump to the block, which goes on with them
/// at its end; a returned value waits in <c>R[Register + 2]</c>.
/// </summary>
internal sealed class FinallyPoint(int register, Label body) : ExitPoint
{
    private readonly List<Exit> _exits = [];

    public int Register { get; } = register;

    public int ValueRegister => Register + 2;

    public Label Body { get; } = body;

    public IReadOnlyList<Exit> Exits => _exits;

    /// <summary>The selector of an exit, from 1 on.</summary>
    public int SelectorOf(Exit exit)
    {
        int index = _exits.IndexOf(exit);
        if (index >= 0) return index + 1;
        _exits.Add(exit);
        return _exits.Count;
    }
}

/// <summary>A way out: break or continue of a loop, or return when <paramref name="Loop"/> is null.</summary>
internal readonly record struct Exit(LoopPoint? Loop, bool IsBreak);

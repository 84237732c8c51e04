using System.Collections.Generic;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>A construct for which a break, continue or return may need additional code.</summary>
internal abstract class ExitPoint;

/// <summary>A loop.</summary>
/// <param name="label">The label; null if it has none.</param>
/// <param name="breakLabel">The code after the loop.</param>
/// <param name="continueLabel">The code that begins the next iteration.</param>
/// <param name="iterator">The register of the iterator that an exit closes; <see cref="RegisterStack.None"/> if there is none.</param>
internal sealed class LoopPoint(string? label, Label breakLabel, Label continueLabel, int iterator) : ExitPoint
{
    public string? Label { get; } = label;

    public Label Break { get; } = breakLabel;

    public Label Continue { get; } = continueLabel;

    public int Iterator { get; } = iterator;
}

/// <summary>
/// A try statement with a finally block. An exit writes its number to the selector, <c>R[Register]</c>, and jumps to the block. The code
/// after the block continues the exit with that number. <c>R[Register + 2]</c> holds a returned value meanwhile.
/// </summary>
internal sealed class FinallyPoint(int register, Label body) : ExitPoint
{
    /// <summary>The number of registers that it uses: selector, error, returned value.</summary>
    public const int RegisterCount = 3;

    private readonly List<Exit> _exits = [];

    public int Register { get; } = register;

    public int ErrorRegister => Register + 1;

    public int ValueRegister => Register + 2;

    public Label Body { get; } = body;

    public IReadOnlyList<Exit> Exits => _exits;

    /// <summary>The selector of an exit, from 1 on.</summary>
    public int SelectorOf(Exit exit)
    {
        int index = _exits.IndexOf(exit);
        if (index >= 0)
        {
            return index + 1;
        }

        _exits.Add(exit);
        return _exits.Count;
    }
}

/// <summary>A break or continue of <paramref name="Loop"/>, or a return if that is null.</summary>
internal readonly record struct Exit(LoopPoint? Loop, bool IsBreak)
{
    public static readonly Exit Return = new(null, false);
}

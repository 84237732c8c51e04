namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Instructions that one charge pays for: those of the proc outside of the others, of a loop outside of the others in it, or those after
/// a <see cref="Lyra.Runtime.Bytecode.Opcode.Charge"/>. Nested scopes are consecutive parts of the code.
/// </summary>
internal struct ChargeScope(int parent, int start)
{
    /// <summary>In place of the index of a loop.</summary>
    public const int NoLoop = -1;

    /// <summary>The scope around this one; it has a lower index. −1 for that of the proc.</summary>
    public readonly int Parent = parent;

    /// <summary>The first instruction.</summary>
    public readonly int Start = start;

    /// <summary>The position after the last instruction.</summary>
    public int End;

    /// <summary>The index of the loop, whose back-edges make the charge.</summary>
    public int Loop = NoLoop;

    /// <summary>For a Charge instruction: the code for whose steps the scope around it pays.</summary>
    public Label Usual;

    /// <summary>Whether the scope's last instruction has been visited.</summary>
    public bool IsVisited;

    /// <summary>
    /// The most steps, in the scope around this one, that follow this one. The code before this scope pays for as many, whatever happens
    /// in it.
    /// </summary>
    public int StepsAfter;

    /// <summary>The most steps, in this scope, after an error at the visited instruction.</summary>
    public int StepsAfterError;

    public readonly bool IsCharged => Loop == NoLoop && Parent >= 0;
}

using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>The control flow of a proc, for passes.</summary>
internal static class JumpForms
{
    /// <summary>Finds the positions that have a predecessor other than the preceding instruction.</summary>
    public static bool[] FindEntries(ProcCode code)
    {
        bool[] isEntry = new bool[code.Code.Count + 1];
        foreach (int target in code.Targets)
        {
            if (target != ProcCode.NoTarget)
            {
                isEntry[target] = true;
            }
        }

        foreach (HandlerInfo handler in code.Handlers)
        {
            if (handler.IsEntered)
            {
                isEntry[handler.HandlerPc] = true;
            }
        }

        foreach (SwitchTable table in code.Switches)
        {
            isEntry[table.DefaultPc] = true;
            foreach ((_, int pc) in table.Cases)
            {
                isEntry[pc] = true;
            }
        }

        return isEntry;
    }
}

using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Profiles;

/// <summary>
/// Switches with many targets, as a large <c>match</c> has them. Code with one has as many paths, each of which a program may take seldom.
/// </summary>
internal static class Dispatch
{
    /// <summary>The fewest targets of such a switch.</summary>
    public const int MinTargets = 32;

    /// <summary>Whether an instruction is such a switch.</summary>
    public static bool IsAt(Prototype code, int pc) =>
        code.Code[pc] is { Op: Opcode.Switch } i && code.SwitchTables[i.Wide].Cases.Length >= MinTargets;
}

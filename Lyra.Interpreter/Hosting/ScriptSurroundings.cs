using System;
using Lyra.Interpreter.Compilation.Symbols;

namespace Lyra.Interpreter.Hosting;

/// <summary>What surrounds a script that is compiled.</summary>
/// <param name="Modules">Finds modules whose structs the script uses; null if there are none.</param>
/// <param name="Input">The input of a session; null for a script of its own.</param>
/// <param name="IsCheck">Whether the script is checked and not run.</param>
internal sealed record ScriptSurroundings(IModuleLoader? Modules = null, SessionInput? Input = null, bool IsCheck = false)
{
    /// <summary>Whether the engine has an enum of the host under a name; null if it has none at all.</summary>
    public Func<string, bool>? HostEnums { get; init; }
}

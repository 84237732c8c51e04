using System.Collections.Generic;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Symbols;

/// <summary>
/// One input of a session, for the resolver: the names of earlier inputs, and what the input declares and uses of them. Its variables and
/// procs are globals of the engine (<see cref="Symbol.IsShared"/>), so that a later declaration of the same name reaches the code of this
/// input, too. Structs, imports and consts are bound when an input is compiled, as in a module.
/// </summary>
internal sealed class SessionInput(IReadOnlyDictionary<string, SessionName> earlier)
{
    /// <summary>The top-level names that the input declares, in source order.</summary>
    public List<Symbol> Declared { get; } = [];

    /// <summary>The module variables that receive structs and modules of earlier inputs before the input runs.</summary>
    public List<(int Slot, Value Value)> Bound { get; } = [];

    /// <summary>The name of an earlier input; null if none declared it.</summary>
    public SessionName? Find(string name) => earlier.GetValueOrDefault(name);
}

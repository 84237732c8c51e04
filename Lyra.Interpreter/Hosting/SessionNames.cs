using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// The names that the inputs of a session have declared. Each has one global for the whole session, to which the code of all inputs is
/// linked. It is in the engine's table of globals while it has a value.
/// </summary>
internal sealed class SessionNames(Dictionary<string, GlobalVariable> globals)
{
    private readonly Dictionary<string, SessionName> _names = [];
    private readonly Dictionary<string, GlobalVariable> _variables = [];

    /// <summary>Begins to compile an input.</summary>
    public SessionInput NewInput() => new(_names);

    /// <summary>The global of a name, in the table of the engine. It takes over the value of another global of the name.</summary>
    public GlobalVariable VariableOf(string name)
    {
        globals.TryGetValue(name, out GlobalVariable? present);
        if (!_variables.TryGetValue(name, out GlobalVariable? variable))
        {
            variable = new GlobalVariable(present is null ? Value.Unset : present.Value);
            _variables.Add(name, variable);
        }
        else if (present is not null && !ReferenceEquals(present, variable))
        {
            variable.Value = present.Value;
        }

        globals[name] = variable;
        return variable;
    }

    /// <summary>Removes a global that has no value.</summary>
    public void Hide(string name) => globals.Remove(name);

    /// <summary>Makes a name visible to the inputs that follow.</summary>
    public void Add(SessionName name)
    {
        _names[name.Name] = name;
        VariableOf(name.Name).IsReadOnly = name.Kind != SymbolKind.Var;
    }
}

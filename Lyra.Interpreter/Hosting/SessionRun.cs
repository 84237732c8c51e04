using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>The run of one input of a session: connects its module to the names of the session.</summary>
internal sealed class SessionRun
{
    private readonly SessionNames _names;
    private readonly SessionInput _input;

    /// <summary>The values of its variables and procs before it runs; the unset marker for new names.</summary>
    private readonly Dictionary<string, Value> _before = [];

    /// <summary>Makes the globals to which the module is linked next.</summary>
    public SessionRun(SessionNames names, SessionInput input)
    {
        _names = names;
        _input = input;
        foreach (Symbol symbol in input.Declared)
        {
            if (symbol.IsShared)
            {
                _before[symbol.Name] = names.VariableOf(symbol.Name).Value;
            }
        }
    }

    /// <summary>Gives the module the structs and modules of earlier inputs.</summary>
    public void Bind(ModuleInstance module)
    {
        foreach ((int slot, Value value) in _input.Bound)
        {
            module.Slots[slot] = value;
        }
    }

    /// <summary>Makes the declarations visible to later inputs. A declaration that was not reached changes nothing.</summary>
    /// <param name="module">The module of the input.</param>
    /// <param name="isComplete">Whether it ran to its end, so that all declarations were reached.</param>
    public void Publish(ModuleInstance module, bool isComplete)
    {
        foreach (Symbol symbol in _input.Declared)
        {
            if (symbol.IsShared)
            {
                PublishShared(symbol, module, isComplete);
            }
            else if (symbol.Name != PatternNames.Ignored && !module.Slots[symbol.Slot].IsUnset)
            {
                _names.VariableOf(symbol.Name).Value = module.Slots[symbol.Slot];
                Add(symbol, module, symbol.Slot);
            }
        }
    }

    private void PublishShared(Symbol symbol, ModuleInstance module, bool isComplete)
    {
        Value value = _names.VariableOf(symbol.Name).Value;
        Value before = _before[symbol.Name];
        if (value.IsUnset)
        {
            _names.Hide(symbol.Name);
        }
        else if (isComplete || !ReferenceEquals(value.Ref, before.Ref) || value.Bits != before.Bits)
        {
            Add(symbol, module, slot: -1);
        }
    }

    private void Add(Symbol symbol, ModuleInstance module, int slot) =>
        _names.Add(new SessionName(symbol.Name, symbol.Kind, module.Slots)
        {
            Slot = slot,
            Type = symbol.Type,
            Constant = symbol.Constant,
            LibraryModule = symbol.LibraryModule,
            FileImport = symbol.FileImport,
            Struct = symbol.Struct?.AsOther(),
        });
}

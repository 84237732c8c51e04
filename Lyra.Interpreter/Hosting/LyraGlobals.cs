using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <summary>
/// The variables that every script of an engine sees: those that the host defined, and the top-level names of scripts that ran. As for the
/// engine, one thread at a time may use them.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Hosts call them the globals of an engine.")]
public sealed class LyraGlobals : IReadOnlyDictionary<string, LyraValue>
{
    private readonly Interpreter.Execution.Interpreter _interpreter;
    private readonly Dictionary<string, GlobalVariable> _variables;
    private readonly EngineGate _gate;

    /// <summary>What the host has defined; null before the first definition.</summary>
    private Dictionary<string, Definition>? _definitions;

    internal LyraGlobals(Interpreter.Execution.Interpreter interpreter, EngineGate gate)
    {
        _interpreter = interpreter;
        _variables = interpreter.Globals;
        _gate = gate;
    }

    /// <inheritdoc/>
    public int Count => Names().Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Names();

    /// <inheritdoc/>
    public IEnumerable<LyraValue> Values
    {
        get
        {
            foreach (KeyValuePair<string, LyraValue> entry in this)
            {
                yield return entry.Value;
            }
        }
    }

    /// <summary>Gets or sets the value of a variable. Setting a name that does not exist adds a variable.</summary>
    /// <exception cref="KeyNotFoundException">The engine has no global of this name.</exception>
    /// <exception cref="ArgumentException">The name to set is not an identifier of the language, or the value belongs to another
    /// engine.</exception>
    public LyraValue this[string key]
    {
        get => TryGetValue(key, out LyraValue value) ? value : throw new KeyNotFoundException($"The engine has no global '{key}'.");
        set => Set(key, value.Raw);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out LyraValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        _gate.Enter();
        try
        {
            bool found = _variables.TryGetValue(key, out GlobalVariable? variable) && !variable.Value.IsUnset;
            value = found ? Shown(variable!.Value) : default;
            return found;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>
    /// Removes a variable. Scripts that run later do not see it; procs that use it keep it.
    /// </summary>
    /// <param name="key">The name of the variable.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _gate.Enter();
        try
        {
            _definitions?.Remove(key);
            return _variables.Remove(key, out GlobalVariable? variable) && !variable.Value.IsUnset;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, LyraValue>> GetEnumerator()
    {
        foreach (string name in Names())
        {
            if (TryGetValue(name, out LyraValue value))
            {
                yield return new KeyValuePair<string, LyraValue>(name, value);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private LyraValue Shown(in Value value)
    {
        EngineBoundary.Exit(_interpreter, value);
        return new LyraValue(value);
    }

    /// <summary>Sets a variable to a value of the host that stays when the engine is reset.</summary>
    internal void Define(string name, in Value value)
    {
        Set(name, value);
        Define(name, _variables[name]);
    }

    /// <summary>All variables with their values, to be the definitions of a later reset.</summary>
    internal Dictionary<string, Definition> CopyState()
    {
        Dictionary<string, Definition> state = [];
        foreach ((string name, GlobalVariable variable) in _variables)
        {
            if (!variable.Value.IsUnset)
            {
                state.Add(name, new Definition(variable));
            }
        }

        return state;
    }

    /// <summary>Removes all variables but the definitions, which get their first values again.</summary>
    /// <param name="definitions">The definitions; null for those that the host has made.</param>
    internal void Reset(Dictionary<string, Definition>? definitions)
    {
        if (definitions is not null)
        {
            _definitions = new Dictionary<string, Definition>(definitions);
        }

        _variables.Clear();
        foreach ((string name, Definition definition) in _definitions ?? [])
        {
            _variables[name] = definition.Restore();
        }
    }

    /// <summary>Whether a host type is the value of its name.</summary>
    internal bool Has(string name, ScriptObject type) =>
        _variables.TryGetValue(name, out GlobalVariable? variable) && ReferenceEquals(variable.Value.Ref, type);

    internal void Set(string name, in Value value)
    {
        Identifier.Check(name);
        _gate.Enter();
        try
        {
            EngineBoundary.Enter(_interpreter, value);
            if (_variables.TryGetValue(name, out GlobalVariable? variable) && !variable.IsReadOnly)
            {
                variable.Value = value;
                return;
            }

            // A script keeps its own constant of this name; scripts that run later see the host's value.
            _variables[name] = new GlobalVariable(value);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Defines a variable that scripts can't assign.</summary>
    internal void DefineConstant(string name, in Value value)
    {
        Set(name, value);
        _variables[name].IsReadOnly = true;
        Define(name, _variables[name]);
    }

    private void Define(string name, GlobalVariable variable)
    {
        _definitions ??= [];
        _definitions[name] = new Definition(variable);
    }

    private List<string> Names()
    {
        _gate.Enter();
        try
        {
            List<string> names = new(_variables.Count);
            foreach (KeyValuePair<string, GlobalVariable> variable in _variables)
            {
                if (!variable.Value.Value.IsUnset)
                {
                    names.Add(variable.Key);
                }
            }

            return names;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>A variable with the value to which a reset returns it.</summary>
    internal readonly struct Definition(GlobalVariable variable)
    {
        private readonly Value _value = variable.Value;
        private readonly bool _isReadOnly = variable.IsReadOnly;

        public GlobalVariable Restore()
        {
            variable.Value = _value;
            variable.IsReadOnly = _isReadOnly;
            return variable;
        }
    }
}

using System;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// A module that the host runs. At the end its variables become the engine's globals; a variable whose declaration the run did not reach leaves the
/// global of that name as it was. Until then only host delegates see them (a call back into the script by a proc's name): modules that the
/// script imports must not depend on who imports them.
/// </summary>
internal sealed class ModuleRun
{
    private readonly Execution.Interpreter _interpreter;
    private readonly RunCounters _counters;
    private readonly string? _outerMainName;

    public ModuleRun(Execution.Interpreter interpreter, ModuleInstance module, RunCounters counters, ModuleRun? outer)
    {
        _interpreter = interpreter;
        _counters = counters;
        _outerMainName = interpreter.MainModuleName;
        Module = module;
        Outer = outer;
        interpreter.MainModuleName = module.Name;
    }

    public ModuleInstance Module { get; }

    /// <summary>The run inside which this one takes place; null when it is the outermost.</summary>
    public ModuleRun? Outer { get; }

    /// <summary>The value of a variable of this run or of one around it.</summary>
    public bool TryGet(string name, out Value value)
    {
        for (ModuleRun? run = this; run is not null; run = run.Outer)
        {
            int slot = Array.FindIndex(run.Module.Compiled!.Variables, v => v.Name == name && IsNamed(v));
            if (slot >= 0 && !run.Module.Slots[slot].IsUnset)
            {
                value = run.Module.Slots[slot];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Makes the variables globals.</summary>
    public void End()
    {
        ModuleVariable[] variables = Module.Compiled!.Variables;
        for (int slot = 0; slot < variables.Length; slot++)
        {
            if (IsNamed(variables[slot]) && !Module.Slots[slot].IsUnset)
            {
                bool isReadOnly = variables[slot].Kind != ModuleVariableKind.Var;
                _interpreter.Globals[variables[slot].Name] = new GlobalVariable(Module.Slots, slot, isReadOnly);
            }
        }

        _interpreter.MainModuleName = _outerMainName;
        _counters.Add(Module);
    }

    private static bool IsNamed(in ModuleVariable variable) => variable.Kind != ModuleVariableKind.Hidden && variable.Name != "_";
}

using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Hosting;

/// <summary>
/// A module that the host runs. At the end of the run its variables become globals of the engine. A variable whose declaration was not
/// reached leaves the global of that name unchanged. During the run only host delegates see them, when they call back by name: imported
/// modules must not depend on their importer.
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
        _outerMainName = interpreter.Modules.MainName;
        Module = module;
        Outer = outer;
        interpreter.Modules.MainName = module.Name;
    }

    public ModuleInstance Module { get; }

    /// <summary>The run that encloses this one; null for the outermost.</summary>
    public ModuleRun? Outer { get; }

    /// <summary>For an input of a session: its connection to the names of the session.</summary>
    public SessionRun? Input { get; init; }

    /// <summary>Whether the top level and all tasks have ended without an error.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The modules of a run and of the runs that enclose it.</summary>
    public static IEnumerable<ModuleInstance> ModulesOf(ModuleRun? innermost)
    {
        for (ModuleRun? run = innermost; run is not null; run = run.Outer)
        {
            yield return run.Module;
        }
    }

    /// <summary>Finds a variable of this run or of an enclosing one.</summary>
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

    /// <summary>Ends the run: turns its variables into globals.</summary>
    public void End()
    {
        if (Input is not null)
        {
            Input.Publish(Module, IsComplete);
        }
        else
        {
            Publish();
        }

        _interpreter.Modules.MainName = _outerMainName;
        _counters.Add(Module);
    }

    private void Publish()
    {
        ModuleVariable[] variables = Module.Compiled!.Variables;
        if (_interpreter.Globals.Count == 0)
        {
            _interpreter.Globals.EnsureCapacity(variables.Length);
        }

        for (int slot = 0; slot < variables.Length; slot++)
        {
            if (IsNamed(variables[slot]) && !Module.Slots[slot].IsUnset)
            {
                bool isReadOnly = variables[slot].Kind != ModuleVariableKind.Var;
                _interpreter.Globals[variables[slot].Name] = new GlobalVariable(Module.Slots, slot, isReadOnly);
            }
        }
    }

    private static bool IsNamed(in ModuleVariable variable) =>
        !variable.IsHidden && variable.Name != "_";
}

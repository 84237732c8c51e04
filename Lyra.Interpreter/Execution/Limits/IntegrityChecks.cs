using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Lyra.Interpreter.Telemetry;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Verifies that nothing has changed the code that the engine executes: bytecode and constants by their seals, compiled regions by theirs,
/// and the frames. The limiter counts one occasion for each refill of the budget. At every occasion that is due, a check verifies the
/// running proc and, in turn, one other proc of its module, of the imported modules and of the engine's globals. With an interval of 1 the
/// engine is in checked mode: each check verifies all of these procs and all frames, and the register that guards the end of the register
/// stack.
/// </summary>
/// <param name="frames">The verified stacks.</param>
/// <param name="modules">The imported modules.</param>
/// <param name="globals">The engine's globals.</param>
/// <param name="monitor">Reports a change; null for nobody.</param>
/// <param name="interval">The occasions from one check to the next; 0 for no checks.</param>
internal sealed class IntegrityChecks(
    FrameContext frames, ModuleTable modules, Dictionary<string, GlobalVariable> globals, EngineMonitor? monitor, int interval)
{
    private List<LinkedPrototype>? _procs;
    private HashSet<ModuleInstance>? _modules;
    private long _untilCheck = interval == 0 ? long.MaxValue : interval;
    private int _next;

    /// <summary>Whether everything is verified at every occasion.</summary>
    public bool IsChecked => interval == 1;

    /// <summary>The verified procs and stacks.</summary>
    public long Checks { get; private set; }

    /// <summary>The checks that found a change.</summary>
    public long Violations { get; private set; }

    /// <summary>Whether the next occasion is one for a check.</summary>
    public bool IsDue => _untilCheck <= 0;

    /// <summary>Counts an occasion.</summary>
    public void Count() => _untilCheck--;

    /// <summary>Verifies a sample, or everything in checked mode. All frames must be in the interpreter's stacks.</summary>
    /// <exception cref="ScriptErrorException">Something was changed: an IntegrityError, which no script code handles.</exception>
    public void Check()
    {
        _untilCheck = interval;
        List<LinkedPrototype> procs = CollectProcs();
        if (IsChecked)
        {
            CheckStacks();
            foreach (LinkedPrototype code in procs)
            {
                Check(code);
            }
        }
        else
        {
            CheckSample(procs);
        }

        procs.Clear();
    }

    private void CheckSample(List<LinkedPrototype> procs)
    {
        if (frames.Stack.Top >= 0)
        {
            Check(frames.Stack.Running.Closure.Code);
        }

        if (procs.Count > 0)
        {
            _next = (_next + 1) % procs.Count;
            Check(procs[_next]);
        }
    }

    private void Check(LinkedPrototype code)
    {
        Checks++;
        if (!CodeSeal.IsIntact(code))
        {
            Report($"the bytecode or a constant of {NameOf(code)}");
        }

        if (code.Tier is not null && !TierAdapter.IsIntact(code))
        {
            Report($"the compiled code of {NameOf(code)}");
        }
    }

    private void CheckStacks()
    {
        Checks++;
        if (!frames.Stack.IsIntact())
        {
            Report("the frames or registers of the running script");
        }
    }

    /// <summary>Ends the run. The damage stays, so that the next occasion finds it again.</summary>
    [DoesNotReturn]
    private void Report(string what)
    {
        Violations++;
        _untilCheck = 0;
        _procs?.Clear();
        string message = $"{what} was changed in memory; dispose this engine and compile the script again";
        monitor?.IntegrityViolated(message);
        throw new ScriptErrorException(new ErrorObject(ErrorKinds.IntegrityError, message) { Class = ErrorClass.Fault });
    }

    private List<LinkedPrototype> CollectProcs()
    {
        List<LinkedPrototype> procs = _procs ??= [];
        HashSet<ModuleInstance> checkedModules = _modules ??= [];
        if (frames.Stack.Top >= 0)
        {
            checkedModules.Add(frames.Stack.Running.Closure.Code.Module);
        }

        foreach (ModuleInstance module in modules.Imported)
        {
            checkedModules.Add(module);
        }

        foreach (GlobalVariable global in globals.Values)
        {
            if (global.Value.Ref is Closure closure)
            {
                checkedModules.Add(closure.Code.Module);
            }
        }

        foreach (ModuleInstance module in checkedModules)
        {
            AddProcs(module, procs);
        }

        checkedModules.Clear();
        return procs;
    }

    private static void AddProcs(ModuleInstance module, List<LinkedPrototype> procs)
    {
        int first = procs.Count;
        if (module.Main is { } main)
        {
            procs.Add(main);
        }

        for (int i = first; i < procs.Count; i++)
        {
            foreach (LinkedPrototype? child in procs[i].Children)
            {
                if (child is not null)
                {
                    procs.Add(child);
                }
            }
        }
    }

    private static string NameOf(LinkedPrototype code) => $"'{code.Prototype.Name}' in {code.Prototype.Source.FileName}";
}

using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Profiling;

/// <summary>
/// Exchanges the code of what an engine has loaded: for instrumented copies when a profile begins, and back when it ends. Must be used
/// between runs, because a frame continues at a position in its code. Procs that only the host holds take their present code when it calls
/// them.
/// </summary>
/// <param name="visitRoots">Visits what scripts reach first, in the stacks, variables, modules and tasks.</param>
/// <param name="session">Makes the copies.</param>
internal sealed class CodeRelinker(Action<HeapVisitor> visitRoots, ProfileSession session)
{
    /// <summary>The own code of the modules that were loaded before the profile began.</summary>
    private readonly Dictionary<ModuleInstance, LinkedPrototype> _own = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gives all procs instrumented code.</summary>
    public void Attach()
    {
        ProcFinder found = Find();
        foreach (ModuleInstance module in found.Modules)
        {
            Attach(module);
        }

        Relink(found);
    }

    /// <summary>Gives the procs of a module instrumented code, unless they have it.</summary>
    public void Attach(ModuleInstance module)
    {
        if (module is { Compiled: { } compiled, Main: { } main } && session.OriginalOf(compiled) is null)
        {
            CompiledModule copy = session.Instrument(compiled);
            _own.Add(module, main);
            Exchange(module, copy, new LinkedPrototype(copy.Main, module));
        }
    }

    /// <summary>Gives all procs their own code again, also those that were loaded meanwhile.</summary>
    public void Detach()
    {
        ProcFinder found = Find();
        foreach (ModuleInstance module in found.Modules.Union(_own.Keys))
        {
            if (module.Compiled is { } copy && session.OriginalOf(copy) is { } original)
            {
                Exchange(module, original, _own.GetValueOrDefault(module) ?? new LinkedPrototype(original.Main, module));
            }
        }

        Relink(found);
    }

    private ProcFinder Find()
    {
        ProcFinder found = new();
        visitRoots(found);
        found.Drain();
        return found;
    }

    /// <summary>Notes what replaces the code of a module, of its top level and of all procs that are declared in it.</summary>
    private static void Exchange(ModuleInstance module, CompiledModule compiled, LinkedPrototype main)
    {
        Stack<(LinkedPrototype Code, LinkedPrototype Other)> pending = new();
        pending.Push((module.Main!, main));
        while (pending.TryPop(out (LinkedPrototype Code, LinkedPrototype Other) pair))
        {
            pair.Code.Replacement = pair.Other;
            pair.Other.Replacement = null;
            for (int i = 0; i < pair.Code.Children.Length; i++)
            {
                pending.Push((pair.Code.Child(i), pair.Other.Child(i)));
            }
        }

        module.Relink(compiled, main);
    }

    private static void Relink(ProcFinder found)
    {
        // Before their procs get other code.
        foreach (GeneratorObject suspended in found.Suspended)
        {
            Keep(suspended);
        }

        foreach (Closure closure in found.Closures)
        {
            closure.Relink();
        }
    }

    /// <summary>
    /// A suspended frame continues at a position in the code that it has, so it gets a proc of its own with that code. It is linked anew:
    /// what was compiled of it before assumes the old code of the procs that it calls.
    /// </summary>
    private static void Keep(GeneratorObject suspended)
    {
        Closure closure = suspended.Closure;
        if (closure.Code.Replacement is not null)
        {
            suspended.Reuse(new Closure(new LinkedPrototype(closure.Code.Prototype, closure.Code.Module), closure.Captures));
        }
    }

    private sealed class ProcFinder : HeapVisitor
    {
        public List<Closure> Closures { get; } = [];

        public List<GeneratorObject> Suspended { get; } = [];

        public HashSet<ModuleInstance> Modules { get; } = new(ReferenceEqualityComparer.Instance);

        public override void Visit(ScriptObject? o)
        {
            base.Visit(o);
            switch (o)
            {
                case Closure closure:
                    Closures.Add(closure);
                    break;
                case GeneratorObject { IsDone: false } suspended:
                    Suspended.Add(suspended);
                    break;
                case ModuleInstance module:
                    Modules.Add(module);
                    break;
            }
        }
    }
}

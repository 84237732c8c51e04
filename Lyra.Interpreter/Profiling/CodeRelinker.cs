using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Profiling;

/// <summary>
/// Exchanges the code of what an engine has loaded: for instrumented copies when a profile begins, and back when it ends. Must be used
/// between runs, because a frame continues at a position in its code.
/// </summary>
/// <param name="visitRoots">Visits what scripts reach first, in the stacks, variables, modules and tasks.</param>
/// <param name="session">Makes the copies.</param>
internal sealed class CodeRelinker(Action<HeapVisitor> visitRoots, ProfileSession session)
{
    /// <summary>What the code of a proc becomes.</summary>
    private readonly Dictionary<LinkedPrototype, LinkedPrototype> _exchanged = new(ReferenceEqualityComparer.Instance);

    /// <summary>The procs that only the host holds.</summary>
    private readonly List<Closure> _hostProcs = [];

    /// <summary>Gives all procs instrumented code.</summary>
    public void Attach() => Exchange(instruments: true);

    /// <summary>Gives a proc that the host calls, and that scripts may not reach, instrumented code.</summary>
    public void Attach(in Value callee)
    {
        if (callee.Ref is not Closure closure)
        {
            return;
        }

        Exchange(closure.Code.Module, instruments: true);
        if (_exchanged.TryGetValue(closure.Code, out LinkedPrototype? copy))
        {
            _hostProcs.Add(closure);
            closure.Relink(copy);
        }
    }

    /// <summary>Gives all procs their own code again, also those that were loaded meanwhile.</summary>
    public void Detach()
    {
        List<KeyValuePair<LinkedPrototype, LinkedPrototype>> attached = [.. _exchanged];
        _exchanged.Clear();
        foreach ((LinkedPrototype own, LinkedPrototype copy) in attached)
        {
            _exchanged[copy] = own;
        }

        Exchange(instruments: false);
        foreach (Closure closure in _hostProcs)
        {
            Exchange(closure.Code.Module, instruments: false);
            Relink(closure);
        }
    }

    private void Exchange(bool instruments)
    {
        ProcFinder found = new();
        visitRoots(found);
        found.Drain();
        foreach (ModuleInstance module in found.Modules)
        {
            Exchange(module, instruments);
        }

        // Before their procs get other code.
        foreach (GeneratorObject suspended in found.Suspended)
        {
            Keep(suspended);
        }

        foreach (Closure closure in found.Closures)
        {
            Relink(closure);
        }
    }

    private void Exchange(ModuleInstance module, bool instruments)
    {
        if (module is not { Compiled: { } compiled, Main: { } main })
        {
            return;
        }

        CompiledModule? original = session.OriginalOf(compiled);
        if (instruments == (original is not null))
        {
            // It has the code already.
            return;
        }

        CompiledModule other = original ?? session.Instrument(compiled);
        LinkedPrototype otherMain = _exchanged.GetValueOrDefault(main) ?? new LinkedPrototype(other.Main, module);
        Pair(main, otherMain);
        module.Relink(other, otherMain);
    }

    /// <summary>Notes which code replaces which, for a proc and all that are declared in it.</summary>
    private void Pair(LinkedPrototype code, LinkedPrototype other)
    {
        Stack<(LinkedPrototype Code, LinkedPrototype Other)> pending = new();
        pending.Push((code, other));
        while (pending.TryPop(out (LinkedPrototype Code, LinkedPrototype Other) pair))
        {
            _exchanged[pair.Code] = pair.Other;
            for (int i = 0; i < pair.Code.Children.Length; i++)
            {
                pending.Push((pair.Code.Child(i), pair.Other.Child(i)));
            }
        }
    }

    private void Relink(Closure closure)
    {
        if (_exchanged.TryGetValue(closure.Code, out LinkedPrototype? other))
        {
            closure.Relink(other);
        }
    }

    /// <summary>
    /// A suspended frame continues at a position in the code that it has, so it gets a proc of its own with that code. It is linked anew:
    /// what was compiled of it before assumes the old code of the procs that it calls.
    /// </summary>
    private void Keep(GeneratorObject suspended)
    {
        Closure closure = suspended.Closure;
        if (_exchanged.ContainsKey(closure.Code))
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

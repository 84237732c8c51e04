using System.Collections.Generic;
using System.Threading;
using Lyra.Interpreter.Library;
using Lyra.Interpreter.Library.Collections;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The procs of the <see cref="Prelude"/> in one engine, linked at their first use. Each call site has its own copies, so that the profile
/// of a loop over a list is that of one callback and one kind of element (call site splitting, as in Truffle). Thread-safe: the compiler
/// asks for them, too.
/// </summary>
/// <param name="modules">Links the prelude.</param>
/// <param name="context">Runs the top level of the module of the library's structs.</param>
internal sealed class PreludeProcs(ModuleTable modules, ScriptContext context)
{
    /// <summary>The number of copies in an engine; later call sites share theirs. A copy takes about a kilobyte.</summary>
    private const int MaxCopies = 1000;

    private readonly ScriptedProcs _shared = new();
    private int _copies;

    /// <summary>The procs that make the structs of the library, of the modules that are linked; of the engine's thread alone.</summary>
    private Dictionary<string, Closure> Makers => field ??= [];

    /// <summary>The proc of an intrinsic for a number of arguments.</summary>
    /// <param name="row">The intrinsic.</param>
    /// <param name="count">The number of arguments, with the receiver.</param>
    /// <param name="caller">The code with the call site; null for a call by C# code.</param>
    /// <param name="pc">The position of the call in the code.</param>
    public Closure Find(Intrinsic row, int count, LinkedPrototype? caller, int pc)
    {
        if (caller is null)
        {
            return row.Maker is null ? Shared(row, count) : Maker(row.Maker);
        }

        ScriptedProcs procs = caller.ScriptedProcs;
        return procs.Find(row, count, pc)
            ?? procs.Add(row, count, pc, Interlocked.Increment(ref _copies) <= MaxCopies ? Link(row, count) : Shared(row, count));
    }

    private Closure Shared(Intrinsic row, int count) => _shared.Find(row, count, 0) ?? _shared.Add(row, count, 0, Link(row, count));

    /// <summary>
    /// Links the module of a proc. Its top level does not run: the proc captures nothing and uses no variable of the module.
    /// </summary>
    private Closure Link(Intrinsic row, int count)
    {
        CompiledModule compiled = Prelude.ModuleOf(Prelude.NameOf(row, count));
        return new Closure(modules.LinkPrelude(compiled).Main!.Child(0), []);
    }

    /// <summary>
    /// The proc that makes an instance of a struct of the library. Only calls by C# code find it, so the top level of the module, which
    /// declares the structs, runs on the engine's thread.
    /// </summary>
    private Closure Maker(string name)
    {
        if (Makers.TryGetValue(name, out Closure? maker))
        {
            return maker;
        }

        ModuleInstance made = modules.LinkPrelude(LibraryStructs.ModuleWith(name));
        context.Invoke(Value.FromObject(new Closure(made.Main!, [])), []);
        for (int slot = 0; slot < made.Slots.Length; slot++)
        {
            if (made.Slots[slot].Ref is Closure proc)
            {
                Makers[made.Compiled!.Variables[slot].Name] = proc;
            }
        }

        return Makers[name];
    }
}

using System.Collections.Concurrent;
using Lyra.Interpreter.Library;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The procs of the <see cref="Prelude"/> in one engine, linked at their first use. Thread-safe: the compiler asks for them, too.
/// </summary>
/// <param name="modules">Links the prelude.</param>
internal sealed class PreludeProcs(ModuleTable modules)
{
    private readonly ConcurrentDictionary<(Intrinsic Row, int Count), Closure> _procs = new();

    /// <summary>The proc of an intrinsic for a number of arguments.</summary>
    public Closure Find(Intrinsic row, int count) =>
        _procs.TryGetValue((row, count), out Closure? proc) ? proc : _procs.GetOrAdd((row, count), Link(row, count));

    /// <summary>
    /// Links the module of a proc. Its top level does not run: the proc captures nothing and uses no variable of the module.
    /// </summary>
    private Closure Link(Intrinsic row, int count)
    {
        CompiledModule compiled = Prelude.ModuleOf(Prelude.NameOf(row, count));
        return new Closure(modules.LinkPrelude(compiled).Main!.Child(0), []);
    }
}

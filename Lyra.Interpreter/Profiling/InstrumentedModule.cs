using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>The copy of a module that counts what it executes.</summary>
/// <param name="Copy">The instrumented copy, which the engine runs.</param>
/// <param name="Procs">Its prototypes, the top level first, children after their parents.</param>
internal sealed record InstrumentedModule(CompiledModule Copy, IReadOnlyList<InstrumentedProc> Procs);

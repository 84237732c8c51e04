using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>A module and the copy of it that counts what it executes.</summary>
/// <param name="Original">The module as compiled.</param>
/// <param name="Copy">The instrumented copy, which the engine runs.</param>
/// <param name="Procs">Its prototypes, the top level first, children after their parents.</param>
internal sealed record InstrumentedModule(CompiledModule Original, CompiledModule Copy, IReadOnlyList<InstrumentedProc> Procs);

using System;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Options;

/// <summary>The environment of a module, as far as the compiler knows it.</summary>
internal sealed class CompilerOptions
{
    public const int MaxOptimizationLevel = 3;

    public const int DefaultOptimizationLevel = 2;

    /// <summary>The optimization level, 0 to 3: it selects the bytecode passes (see Passes.BytecodePassList).</summary>
    public int OptimizationLevel { get; init; } = DefaultOptimizationLevel;

    /// <summary>Whether to look for probable faults that only <c>lyra check</c> reports. It takes time that a run does not spend.</summary>
    public bool IsCheck { get; init; }

    /// <summary>The builtins and library modules that exist.</summary>
    public required IBuiltinNames Builtins { get; init; }

    /// <summary>
    /// Whether the engine has a global with a name; an undeclared name without one is then a compile-time error. Null if the globals are
    /// not known: all undeclared names become <see cref="Lyra.Runtime.Bytecode.CompiledModule.Externals"/>, which linking checks.
    /// </summary>
    public Func<string, bool>? KnownExternals { get; init; }

    /// <summary>
    /// Whether the engine has an enum of the host under a name, whose cases patterns can then name. Null if the globals are not known.
    /// </summary>
    public Func<string, bool>? HostEnums { get; init; }

    /// <summary>The input of a session that is compiled; null for a module.</summary>
    public SessionInput? Input { get; init; }

    /// <summary>
    /// Parses the module of a path that a file imports, for the structs of it that structs of this module use; null for a module that can't
    /// be read. Null where no modules are known.
    /// </summary>
    public Func<string, string, ModuleNode?>? FindModule { get; init; }

    /// <summary>Counts the work.</summary>
    public WorkMeter Meter { get; init; } = new();
}

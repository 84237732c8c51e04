using System;

namespace Lyra.Interpreter.Compilation;

/// <summary>What the compiler knows of the world around a module.</summary>
internal sealed class CompilerOptions
{
    public const int MaxOptimizationLevel = 3;

    public const int DefaultOptimizationLevel = 2;

    /// <summary>How many bytecode passes run (see Passes.BytecodePassList): 0 to 3.</summary>
    public int OptimizationLevel { get; init; } = DefaultOptimizationLevel;

    /// <summary>The builtins and library modules that exist.</summary>
    public required IBuiltinNames Builtins { get; init; }

    /// <summary>
    /// Whether the engine has a global of a name. When null, names found nowhere become
    /// <see cref="Lyra.Runtime.Bytecode.CompiledModule.Externals"/> and are checked when the module is linked; else an unknown one is a
    /// compile-time error.
    /// </summary>
    public Func<string, bool>? KnownExternals { get; init; }
}

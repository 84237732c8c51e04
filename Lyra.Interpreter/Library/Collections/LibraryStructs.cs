using System;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Library.Collections;

/// <summary>
/// The module that declares the collections and compiled patterns, which are structs in Lyra: compiled code inlines their methods, and the
/// limits count their elements, as those of a script's own structs. Compiled once, when a script first makes one; engines share the code.
/// </summary>
internal static class LibraryStructs
{
    private static readonly Lazy<CompiledModule> Module = new(Compile);

    /// <summary>The compiled module.</summary>
    public static CompiledModule Compiled => Module.Value;

    private static CompiledModule Compile()
    {
        SourceText text = new(
            "import prelude\n" + DequeSource.Text + HeapSource.Text + CounterSource.Text + SortedSource.Text + PatternSource.Text,
            ScriptSource.LibraryFile);
        DiagnosticBag diagnostics = new(text);
        return ModuleCompiler.Compile(text, new CompilerOptions { Builtins = new PreludeNames() }, diagnostics)
            ?? throw new InvalidOperationException($"the library's structs have errors: {string.Join(", ", diagnostics.ToImmutable())}");
    }
}

using System;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Library.Collections;

/// <summary>
/// The modules that declare the collections and compiled patterns, which are structs in Lyra: compiled code inlines their methods, and the
/// limits count their elements, as those of a script's own structs. Each is compiled once, when a script first makes one of its structs;
/// all engines share the code.
/// </summary>
internal static class LibraryStructs
{
    private static readonly string[] Sources =
        [DequeSource.Text, HeapSource.Text, CounterSource.Text, SortedSource.Text, PatternSource.Text];

    private static readonly Lazy<CompiledModule>[] Modules =
        Array.ConvertAll(Sources, static source => new Lazy<CompiledModule>(() => Compile(source)));

    /// <summary>The compiled module with a proc that makes an instance.</summary>
    public static CompiledModule ModuleWith(string maker) =>
        Modules[Array.FindIndex(Sources, source => source.Contains($"proc {maker}(", StringComparison.Ordinal))].Value;

    private static CompiledModule Compile(string source)
    {
        SourceText text = new("import prelude\n" + source, ScriptSource.LibraryFile);
        DiagnosticBag diagnostics = new(text);
        return ModuleCompiler.Compile(text, new CompilerOptions { Builtins = new PreludeNames() }, diagnostics)
            ?? throw new InvalidOperationException($"structs of the library have errors: {string.Join(", ", diagnostics.ToImmutable())}");
    }
}

using System;
using System.Collections.Immutable;
using System.IO;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Shouldly;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Compiles small sources with a library of a few names.</summary>
internal static class TestCompiler
{
    public static readonly IBuiltinNames Names = new FakeNames();

    public static CompiledModule Compile(string source, int level = 0)
    {
        (CompiledModule? module, ImmutableArray<Diagnostic> diagnostics) = TryCompile(source, level);
        module.ShouldNotBeNull(string.Join('\n', diagnostics));
        return module;
    }

    public static (CompiledModule? Module, ImmutableArray<Diagnostic> Diagnostics) TryCompile(
        string source, int level = 0, IBuiltinNames? names = null, bool isCheck = false, string? file = null)
    {
        SourceText text = new(source, file ?? "test.lyra");
        DiagnosticBag bag = new(text);
        ModuleTrees? modules = file is null ? null : new(new FileModuleLoader(Path.GetDirectoryName(file)!), new WorkMeter());
        CompilerOptions options = new()
        {
            Builtins = names ?? Names,
            OptimizationLevel = level,
            KnownExternals = static name => name == "host",
            IsCheck = isCheck,
            FindModule = modules is null ? null : modules.Find,
        };
        CompiledModule? module = ModuleCompiler.Compile(text, options, bag);
        return (module, bag.ToImmutable());
    }

    /// <summary>The diagnostics as <c>line: code</c>, in order.</summary>
    public static string[] Codes(string source) => Codes(TryCompile(source).Diagnostics);

    /// <summary>The diagnostics of <c>lyra check</c>.</summary>
    public static string[] CodesOfCheck(string source) =>
        Codes(TryCompile(source, names: LibraryNames.Instance, isCheck: true).Diagnostics);

    private static string[] Codes(ImmutableArray<Diagnostic> diagnostics)
    {
        string[] codes = new string[diagnostics.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = $"{diagnostics[i].Line}: {diagnostics[i].Code}";
        }

        return codes;
    }

    public static Prototype Proc(CompiledModule module, string name)
    {
        foreach (Prototype prototype in module.AllPrototypes())
        {
            if (prototype.Name == name)
            {
                return prototype;
            }
        }

        throw new InvalidOperationException($"There is no proc '{name}'.");
    }

    private sealed class FakeNames : IBuiltinNames
    {
        private static readonly ImmutableHashSet<string> Builtins =
            ["print", "write", "input", "length", "insert", "remove", "pop", "push", "tostring", "toint",
            "tofloat",
            "decimal", "tobool", "type", "range", "keys", "values", "set", "tuple", "list", "map", "bytes", "ord", "chr", "abs", "round",
            "min", "max", "sum", "sorted",
            "reversed", "enumerate", "zip", "any", "all", "assert", "error", "clock", "hash", "next", "done", "exit", "sleep", "gather",
            "race", "chan"];

        private static readonly ImmutableHashSet<string> Modules =
            ["math", "str", "json", "random", "time", "regex", "io", "os", "simd", "bits", "task", "jit", "vm"];

        public bool IsBuiltin(string name) => Builtins.Contains(name);

        public bool IsModule(string name) => Modules.Contains(name);

        public bool IsModuleMember(string module, string member) => module == "math" && member is "sqrt" or "pi" or "floor";

        public Intrinsic? FindProc(string qualifiedName) => LibraryNames.Instance.FindProc(qualifiedName);

        public bool IsMethod(ValueKind kind, string name) => LibraryNames.Instance.IsMethod(kind, name);

        public bool ClosesReceiver(string method) => LibraryNames.Instance.ClosesReceiver(method);

        public bool ClosesArguments(string callee) => LibraryNames.Instance.ClosesArguments(callee);

        public bool IsMethodOfAny(string name) => LibraryNames.Instance.IsMethodOfAny(name);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Tiering;

/// <summary>Cold programs do not pay for the compiler: its library is loaded when the first loop or proc becomes hot.</summary>
public sealed class LoadingTests
{
    [Theory]
    [InlineData("On", "\"hello\"")]
    [InlineData("On", "var s = 0\nfor i in 0..100 { try { s += i; throw \"x\" } catch e { } }\ns")]
    [InlineData("On", "proc g() { yield 1; yield 2 }\nvar s = 0\nfor x in g() { s += [x].map(y => y + 1).sum() }\ns")]
    [InlineData("Off", "var s = 0\nfor i in 0..100_000 { s += i }\ns")]
    public void A_cold_program_does_not_load_the_compilers_library(string mode, string source)
    {
        FreshLibraries libraries = new();
        libraries.Run(mode, source);
        libraries.Loaded.ShouldContain("Lyra.Interpreter");
        libraries.Loaded.ShouldNotContain("Lyra.Jit");

        // Checks the test itself: a request for the library is observed.
        libraries.LoadFromAssemblyName(new AssemblyName("Lyra.Jit"));
        libraries.Loaded.ShouldContain("Lyra.Jit");
    }

    /// <summary>A second copy of Lyra's libraries, separate from the copy that the tests use.</summary>
    private sealed class FreshLibraries() : AssemblyLoadContext("fresh", isCollectible: true)
    {
        public HashSet<string> Loaded { get; } = [];

        public void Run(string mode, string source)
        {
            Assembly library = LoadFromAssemblyName(new AssemblyName("Lyra.Interpreter"));
            Type optionsType = library.GetType("Lyra.LyraOptions", throwOnError: true)!;
            PropertyInfo jit = optionsType.GetProperty("Jit")!;
            object options = Activator.CreateInstance(optionsType)!;
            jit.SetValue(options, Enum.Parse(jit.PropertyType, mode));
            Type engineType = library.GetType("Lyra.LyraEngine", throwOnError: true)!;
            using IDisposable engine = (IDisposable)Activator.CreateInstance(engineType, options)!;
            MethodInfo run = engineType.GetMethod("Run", [typeof(string), typeof(string), typeof(CancellationToken)])!;
            run.Invoke(engine, [source, null, CancellationToken.None]).ShouldNotBeNull();
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string file = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            if (!assemblyName.Name!.StartsWith("Lyra.", StringComparison.Ordinal))
            {
                return null;
            }

            Loaded.Add(assemblyName.Name);
            return LoadFromAssemblyPath(file);
        }
    }
}

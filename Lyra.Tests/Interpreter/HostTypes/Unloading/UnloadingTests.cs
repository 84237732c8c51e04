using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;
using Severity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Lyra.Tests.Interpreter.HostTypes.Unloading;

/// <summary>A host can unload the types that an engine has used: nothing in the process keeps them after the engine.</summary>
public sealed class UnloadingTests
{
    private const int MostCollections = 100;

    private static readonly Lazy<byte[]> Image = new(Compile);

    [Theory]
    [InlineData("Members")]
    [InlineData("Builder")]
    [InlineData("Generated")]
    [InlineData("Collections")]
    [InlineData("Conversions")]
    [InlineData("Delegates")]
    [InlineData("HotLoops")]
    public void A_context_is_unloaded_after_the_engine_that_used_its_types(string use)
    {
        ShouldDie(Use(use, null, inBackground: false));
        ShouldDie(Use(use, null, inBackground: true));
    }

    /// <summary>A script is compiled once, and used by engines that come and go with the types of theirs.</summary>
    [Fact]
    public void A_script_that_the_host_keeps_keeps_no_type()
    {
        LyraScript script = LyraScript.Compile("""
            var s = 0
            for i in 0..3000 { u.level = i % 7; s += u.level + u.over(i) + u[i] + (u + u).level; if u.rank == "High" { s += 1 } }
            s
            """);
        ShouldDie(Use("Define", script, inBackground: false));
        ShouldDie(Use("Define", script, inBackground: true));
        GC.KeepAlive(script);
    }

    private static void ShouldDie(WeakReference context)
    {
        for (int i = 0; i < MostCollections && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        context.IsAlive.ShouldBeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(string name, LyraScript? script, bool inBackground)
    {
        AssemblyLoadContext context = new("plugin", isCollectible: true);
        MethodInfo use = context.LoadFromStream(new MemoryStream(Image.Value)).GetType("Plugin.Uses")!.GetMethod(name)!;
        using (LyraEngine engine = new(new LyraOptions { HotLoopThreshold = 20, CompilesInBackground = inBackground }))
        {
            use.CreateDelegate<Action<LyraEngine>>()(engine);
            if (script is not null)
            {
                engine.Run(script).As<long>().ShouldBeGreaterThan(0);
            }

            if (!inBackground && (script is not null || name == "HotLoops"))
            {
                engine.Statistics.Jit.CompiledSteps.ShouldBeGreaterThan(1000);
            }
        }

        context.Unload();
        return new WeakReference(context);
    }

    private static byte[] Compile()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Plugin",
            [CSharpSyntaxTree.ParseText(PluginSource.Types + PluginSource.Uses)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(static path => Path.GetFileName(path) is var name
                    && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Lyra.", StringComparison.Ordinal)))
                .Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        compilation.Emit(image).Diagnostics.Where(static d => d.Severity == Severity.Error).ShouldBeEmpty();
        return image.ToArray();
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes.OverloadChoice;

/// <summary>A call chooses the overload that the C# compiler chooses for arguments of the corresponding types, in both tiers.</summary>
public sealed class OverloadComparisonTests
{
    private static readonly string[] Answers = ["0", "1", "2", CSharpChoice.Ambiguous, CSharpChoice.None];

    private static readonly string[] Shapes = ["Shape", "Circle"];

    [Theory]
    [InlineData(JitMode.Off)]
    [InlineData(JitMode.On)]
    public void Calls_choose_as_the_compiler_does(JitMode mode)
    {
        OverloadGenerator generator = new(Sweep.Seed);
        OverloadGenerator.OverloadedClass[] classes = [.. Enumerable.Range(0, Sweep.Count(600, least: 200)).Select(generator.Next)];
        CSharpChoice choice = CSharpChoice.Of(classes);
        using LyraEngine engine = new(new LyraOptions { Jit = mode, HotLoopThreshold = 8, CompilesInBackground = false });
        Define(engine, choice.Assembly);
        List<string> differences = [];
        foreach (OverloadGenerator.OverloadedClass type in classes)
        {
            Type compiled = choice.Assembly.GetType($"C{type.Number}")!;
            DefineType(engine, compiled);
            engine.Define("o", Activator.CreateInstance(compiled));
            foreach (OverloadGenerator.Call call in type.Calls)
            {
                string expected = choice.Chosen[CSharpChoice.KeyOf(type, call)];
                string actual = ChosenBy(engine, call.Script);
                if (actual != expected)
                {
                    differences.Add($"F({call.Script}): C# {expected}, Lyra {actual}\n{type.Source}");
                }
            }
        }

        (engine.Statistics.Jit.CompiledSteps > 10 * classes.Length).ShouldBe(mode == JitMode.On);
        differences.ShouldBeEmpty($"{differences.Count} differ with the seed {Sweep.Seed}:\n{string.Join('\n', differences.Take(5))}");
        foreach (string kind in Answers)
        {
            // Of each answer there are enough for the comparison to mean something, whatever the seed.
            choice.Chosen.Values.Count(one => one == kind).ShouldBeGreaterThan(classes.Length / 50, $"calls whose answer is {kind}");
        }
    }

    private static void Define(LyraEngine engine, Assembly assembly)
    {
        foreach (string name in Shapes)
        {
            Type type = assembly.GetType(name)!;
            DefineType(engine, type);
            engine.Define(CamelCase(name), Activator.CreateInstance(type));
        }

        engine.Define("list", new List<int> { 1 });
        engine.Define("array", (int[])[1]);
    }

    private static void DefineType(LyraEngine engine, Type type) => typeof(LyraEngine).GetMethods()
        .Single(static m => m.Name == nameof(LyraEngine.DefineType)
            && m.GetParameters() is [{ ParameterType.Name: nameof(LyraTypeOptions) }])
        .MakeGenericMethod(type).Invoke(engine, [new LyraTypeOptions { Members = LyraMembers.All }]);

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string ChosenBy(LyraEngine engine, string arguments)
    {
        try
        {
            return engine.Run($"var s = nil\nfor i in 0..30 {{ s = o.f({arguments}) }}\ns").As<string>();
        }
        catch (LyraException e) when (e.Kind is "TypeError" or "ArgumentError" or "ValueError")
        {
            return e.Message.Contains("is ambiguous; there are", StringComparison.Ordinal) ? CSharpChoice.Ambiguous : CSharpChoice.None;
        }
    }
}

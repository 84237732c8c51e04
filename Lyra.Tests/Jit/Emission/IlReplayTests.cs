using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using Lyra.Jit.Emission;
using Lyra.Jit.Regions;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

public sealed class IlReplayTests
{
    private delegate long Unary(long value);

    [Fact]
    public void Every_sample_runs_as_a_dynamic_method()
    {
        foreach ((string name, IlBuffer buffer, object?[] arguments, object? result) in IlSamples.All())
        {
            IlReplay.ToDynamicMethod(buffer, name).Invoke(null, [Data(), .. arguments]).ShouldBe(result, name);
        }
    }

    [Fact]
    public void The_regions_data_is_bound_to_the_first_argument()
    {
        Func<int, object?> constant =
            (Func<int, object?>)IlReplay.CreateDelegate(IlSamples.ConstantAt(), "constant", typeof(Func<int, object?>), Data());
        constant(1).ShouldBe("two");
        IlMethodSignature.OfDelegate(typeof(Unary)).Parameters.ShouldBe([typeof(RegionData), typeof(long)]);
        Should.Throw<ArgumentException>(() => IlMethodSignature.OfDelegate(typeof(string)))
            .Message.ShouldContain("String is not a delegate type");
    }

    [Fact]
    public void A_saved_assembly_has_the_same_methods_of_the_counted_size_and_they_run()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("lyra-il").FullName, "regions.dll");
        List<(string Name, IlBuffer Buffer, object?[] Arguments, object? Result)> samples = [.. IlSamples.All().DistinctBy(s => s.Name)];
        IlReplay.Save(path, samples.Select(s => (s.Name, s.Buffer)));

        Type type = LoadSaved(path);
        foreach ((string name, IlBuffer buffer, object?[] arguments, object? result) in samples)
        {
            MethodInfo method = type.GetMethod(name)!;
            method.GetMethodBody()!.GetILAsByteArray()!.Length.ShouldBe(buffer.ByteCount, name);
            (method.GetMethodBody()!.InitLocals || buffer.LocalCount == 0).ShouldBeTrue(name);
            method.Invoke(null, [Data(), .. arguments]).ShouldBe(result, name);
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Two_methods_of_one_name_are_not_saved()
    {
        Should.Throw<ArgumentException>(() => IlReplay.Save("/nowhere/x.dll", [("f", IlSamples.SumBelow()), ("f", IlSamples.SumBelow())]))
            .Message.ShouldContain("Two methods are named 'f'");
    }

    private static RegionData Data() => new() { Constants = ["one", "two"] };

    private static Type LoadSaved(string path)
    {
        AssemblyLoadContext context = new("saved");
        AssemblyLoadContext own = AssemblyLoadContext.GetLoadContext(typeof(IlBuffer).Assembly)!;
        context.Resolving += (_, name) => own.LoadFromAssemblyName(name);
        using FileStream file = File.OpenRead(path);
        return context.LoadFromStream(file).GetType(IlReplay.PersistedType)!;
    }
}

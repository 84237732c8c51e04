using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using Lyra.IlVerify;
using Lyra.Jit.Emission;
using Lyra.Jit.Regions;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

public sealed class IlCheckTests
{
    [Fact]
    public void Every_sample_is_right()
    {
        foreach ((string name, IlBuffer buffer, object?[] _, object? _) in IlSamples.All())
        {
            IlCheck.Check(buffer).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void Every_rule_holds()
    {
        List<string> wrong = [];
        foreach ((string name, string expected, Action<IlBuffer> emit) in IlFragments.Faulty())
        {
            IlBuffer buffer = IlSamples.Method(typeof(void), IlFragments.Parameters);
            emit(buffer);
            List<IlFault> faults = IlCheck.Check(buffer);
            if (faults.Count != 1 || !faults[0].ToString().EndsWith(expected, StringComparison.Ordinal))
            {
                wrong.Add($"{name}: {string.Join("; ", faults)}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_valid_fragment_is_accepted()
    {
        List<string> wrong = [];
        foreach ((string name, Action<IlBuffer> emit) in IlFragments.Valid())
        {
            IlBuffer buffer = IlSamples.Method(typeof(void), IlFragments.Parameters);
            emit(buffer);
            buffer.Emit(OpCodes.Pop);
            buffer.Emit(OpCodes.Ret);
            wrong.AddRange(IlCheck.Check(buffer).Select(fault => $"{name}: {fault}"));
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>
    /// Lyra.IlVerify rejects every faulty fragment but those of the rules that only emitted code must follow
    /// (docs/decisions/0023-two-checks-of-il.md), and accepts every valid one.
    /// </summary>
    [Fact]
    public void The_verifier_of_assemblies_agrees()
    {
        using FolderResolver libraries = new([AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        List<string> accepted = [];
        foreach ((string name, string _, Action<IlBuffer> emit) in IlFragments.Faulty())
        {
            IlBuffer buffer = IlSamples.Method(typeof(void), IlFragments.Parameters);
            emit(buffer);
            if (!IsRefused(buffer, libraries))
            {
                accepted.Add(name);
            }
        }

        foreach ((string name, Action<IlBuffer> emit) in IlFragments.Valid())
        {
            IlBuffer buffer = IlSamples.Method(typeof(void), IlFragments.Parameters);
            emit(buffer);
            buffer.Emit(OpCodes.Pop);
            buffer.Emit(OpCodes.Ret);
            IsRefused(buffer, libraries).ShouldBeFalse(name);
        }

        accepted.ShouldBe(["unreachable", "backward only", "unwritten", "written on one path", "stelem.ref"]);
    }

    /// <summary>Whether a method can't be written into an assembly, or is not verifiable there.</summary>
    private static bool IsRefused(IlBuffer buffer, FolderResolver libraries)
    {
        using MemoryStream image = new();
        try
        {
            IlReplay.Save(image, "fragment", [("fragment", buffer)]);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return true;
        }

        image.Position = 0;
        return AssemblyVerifier.Verify(image, libraries).Count > 0;
    }

    [Fact]
    public void A_method_must_take_the_regions_data_and_have_code()
    {
        IlCheck.Check(IlSamples.Method(typeof(void))).ShouldHaveSingleItem().ToString()
            .ShouldBe("0000 method: expected an instruction, found none");
        IlCheck.Check(new(new([typeof(long)], typeof(void)))).ShouldHaveSingleItem().ToString()
            .ShouldContain("expected RegionData as the first parameter");
    }

    [Fact]
    public void A_result_must_have_the_type_of_the_method()
    {
        IlBuffer buffer = IlSamples.Method(typeof(long), typeof(int));
        buffer.Emit(OpCodes.Ldarg, new IlArgument(1));
        buffer.Emit(OpCodes.Ret);
        IlCheck.Check(buffer).ShouldHaveSingleItem().ShouldBe(new IlFault(1, "ret", "long", "int32"));
    }
}

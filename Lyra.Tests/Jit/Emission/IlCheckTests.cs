using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
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

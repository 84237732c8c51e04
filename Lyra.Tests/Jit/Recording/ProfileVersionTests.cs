using System.Linq;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Jit.Hosting;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Recording;

/// <summary>A profile's version counter increases with each observation that changes it, and with no other.</summary>
public sealed class ProfileVersionTests
{
    private static readonly Value[] Different =
    [
        Value.Nil,
        Value.True,
        Value.FromInt(1),
        Value.FromInt(1L << 40),
        Value.FromFloat(0.5),
        Value.FromObject(ScriptString.FromChar('a')),
        Value.FromObject(TupleObject.Of([])),
    ];

    [Fact]
    public void Each_new_value_changes_the_version_once()
    {
        ObservedType type = new();
        for (int seen = 0; seen < Different.Length; seen++)
        {
            type.Add(Different[seen]);
            type.Version.ShouldBe(seen + 1);
            foreach (Value again in Different.Take(seen + 1))
            {
                type.Add(again);
            }

            type.Version.ShouldBe(seen + 1);
        }
    }

    [Fact]
    public void Merging_the_observations_of_another_site_changes_the_version_once()
    {
        ObservedType other = new();
        ObservedType type = new();
        foreach (Value value in Different)
        {
            other.Add(value);
        }

        type.Add(other);
        type.Add(other);

        type.Version.ShouldBe(1);
        type.Kinds.ShouldBe(other.Kinds);
    }

    [Fact]
    public void Merging_learns_the_classes_of_objects_of_the_host_until_there_are_too_many()
    {
        using LyraEngine engine = new();
        engine.DefineType<Town>();
        Town[] objects = [new Town(), new Suburb<int>(), new Suburb<long>(), new Suburb<char>(), new Suburb<byte>()];
        ObservedType seen = new();
        ObservedType merged = new();
        foreach (Town o in objects)
        {
            engine.Define("o", o);
            HostObject host = engine.Globals["o"].Raw.Ref.ShouldBeAssignableTo<HostObject>()!;
            seen.Add(Value.FromObject(host));
            merged.Add(seen);
            merged.HostTypes.ShouldBe([host.Type!]);
            merged.ClassesOf(host.Type!).ShouldBe(seen.ClassesOf(host.Type!));
        }

        objects.Length.ShouldBe(ObservedType.MaxClasses + 1);
        merged.ClassesOf(merged.HostTypes[0]).ShouldBeNull();
        int version = merged.Version;
        version.ShouldBe(objects.Length);
        merged.Add(seen);
        merged.Version.ShouldBe(version);
    }

    [Fact]
    public void Counting_an_instruction_again_does_not_change_its_version()
    {
        InstructionProfile profile = new() { Visits = 1 };
        int once = profile.Version;
        profile.Visits = 2;
        profile.Version.ShouldBe(once);

        profile.Jumped = 1;
        profile.Version.ShouldBeGreaterThan(once);
        int jumped = profile.Version;
        (profile.A = new ObservedType()).Add(Value.Nil);
        profile.Version.ShouldBeGreaterThan(jumped);
    }

    private sealed class Suburb<T> : Town;
}
